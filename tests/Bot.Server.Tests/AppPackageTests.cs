using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Bot.Server.Channels.Teams;
using Bot.Server.CommandLine;

namespace Bot.Server.Tests;

/// <summary>What an administrator uploads to Teams.</summary>
public sealed class AppPackageTests : IDisposable
{
    private const string AppId = "11111111-2222-3333-4444-555555555555";

    private readonly string _folder = Directory.CreateTempSubdirectory("bot-teams-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ThePackage_IsValidByMicrosoftsSchemas()
    {
        var file = Path.Combine(_folder, "bot.zip");
        var (exitCode, output, error) = Run("teams-package", "--app-id", AppId, "--domain", "faq.example.org", "--out", file, "--contentRoot", RepositoryRoot.Path);
        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Contains(AppPackage.ManifestVersion, output, StringComparison.Ordinal);

        await ZipFile.ExtractToDirectoryAsync(file, _folder, TestContext.Current.CancellationToken);
        var clients = RepositoryRoot.Combine("tests", "clients");
        Assert.True(Directory.Exists(Path.Combine(clients, "node_modules")), "tests/clients has no node_modules. './test' installs them; by hand: npm ci --prefix tests/clients");
        using var process = Process.Start(new ProcessStartInfo("node", ["teams-manifest.mjs", AppPackage.ManifestVersion, Path.Combine(_folder, "manifest.json"), Path.Combine(_folder, "es.json")]) { WorkingDirectory = clients, RedirectStandardOutput = true })!;
        var problems = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, problems);

        var manifest = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "manifest.json"), TestContext.Current.CancellationToken));
        Assert.Equal(AppId, manifest.GetProperty("bots")[0].GetProperty("botId").GetString());
        Assert.Equal("Is heroin a stimulant or a depressant?", manifest.GetProperty("bots")[0].GetProperty("commandLists")[0].GetProperty("commands")[0].GetProperty("prompt").GetString());
        Assert.Equal("searchAnswers", manifest.GetProperty("composeExtensions")[0].GetProperty("commands")[0].GetProperty("id").GetString());
        Assert.Equal((192, 192), SizeOf("color.png"));
        Assert.Equal((32, 32), SizeOf("outline.png"));
    }

    [Theory]
    [InlineData("not-an-id", "faq.example.org", "--app-id is 'not-an-id'")]
    [InlineData("00000000-0000-0000-0000-000000000000", "faq.example.org", "--app-id is")]
    [InlineData(AppId, "https://faq.example.org", "--domain is 'https://faq.example.org'")]
    [InlineData(AppId, "localhost", "--domain is 'localhost'")]
    [InlineData(AppId, "127.0.0.1", "--domain is '127.0.0.1'")]
    public void AWrongIdOrDomain_IsToldAndNothingIsWritten(string appId, string domain, string message)
    {
        var file = Path.Combine(_folder, "bot.zip");

        var (exitCode, _, error) = Run("teams-package", "--app-id", appId, "--domain", domain, "--out", file, "--contentRoot", RepositoryRoot.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void WithoutAnOption_TheVerbSaysWhich()
    {
        var (exitCode, _, error) = Run("teams-package", "--app-id", AppId);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("--domain is missing.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/privacy", "What is stored")]
    [InlineData("/about", "About this chat")]
    public async Task ThePagesItNames_AreServed(string path, string heading)
    {
        await using var server = new BotServer();
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Contains(heading, await client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (Verbs.Run(arguments, output, error)!.Value, output.ToString(), error.ToString());
    }

    /// <summary>Width and height stand in the header of a PNG.</summary>
    private (int Width, int Height) SizeOf(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, name));
        return ((bytes[18] << 8) | bytes[19], (bytes[22] << 8) | bytes[23]);
    }
}
