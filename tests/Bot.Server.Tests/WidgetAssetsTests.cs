using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Bot.Server.Channels.Web;

namespace Bot.Server.Tests;

/// <summary>The widget's files as a browser gets them.</summary>
public sealed partial class WidgetAssetsTests(BotServer server) : IClassFixture<BotServer>
{
    private const int MostOfTheLauncher = 3000;
    private const int MostOfEverything = 20_000;

    [Fact]
    public async Task TheLauncherAndTheChat_AreSmall()
    {
        var (launcher, _) = await GetAsync("widget.js", "gzip");
        var (panel, _) = await GetAsync(FilesOf(launcher) + "panel.js", "gzip");

        Assert.InRange(launcher.Length, 1000, MostOfTheLauncher);
        Assert.InRange(launcher.Length + panel.Length, 1000, MostOfEverything);
    }

    [Fact]
    public async Task TheLauncher_HoldsTheNumbersInBothLanguages_AndIsAskedForAnewEachTime()
    {
        var (plain, response) = await GetAsync("widget.js", null);
        var text = System.Text.Encoding.UTF8.GetString(plain);

        Assert.Contains("tel:911", text, StringComparison.Ordinal);
        Assert.Contains("sms:988?body=AYUDA", text, StringComparison.Ordinal);
        Assert.Contains("not an emergency service; hours not confirmed", text, StringComparison.Ordinal);
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var again = new HttpRequestMessage(HttpMethod.Get, "widget.js");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task AVersion_LastsForever_AndAPageThatAsksForAnOldOneGetsTodays()
    {
        var (launcher, _) = await GetAsync("widget.js", "br");
        var files = FilesOf(launcher, "br");

        var (_, lasting) = await GetAsync(files + "panel.js", "br");
        var (_, old) = await GetAsync("widget/0123456789abcdef/panel.js", "br");
        using var client = new HttpClient { BaseAddress = server.Address };
        using var other = await client.GetAsync(new Uri(files + "secrets.js", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("public, max-age=31536000, immutable", lasting.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", old.Headers.CacheControl!.ToString());
        Assert.Equal(lasting.Headers.ETag, old.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task TheModules_AreRightlyTyped()
    {
        var clients = RepositoryRoot.Combine("tests", "clients");
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(clients, "node_modules", "typescript", "bin", "tsc"), "-p", Path.Combine(clients, "widget.jsconfig.json")]) { RedirectStandardOutput = true })!;
        var problems = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, problems);
    }

    [Fact]
    public void Join_MakesOneScriptOfModules()
    {
        var joined = WidgetAssets.Join(["// About.\nexport const a = 1;\n", "import { a } from './a.js';\n\n/**\n * More.\n */\nexport function mount() {\n  return a; // stays\n}\n"]);

        Assert.Equal("const a = 1;\nexport function mount() {\nreturn a; // stays\n}", joined);
    }

    private static string FilesOf(byte[] launcher, string encoding = "gzip")
    {
        using var stream = new MemoryStream(launcher);
        using Stream open = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(open);
        return FilesPattern().Match(reader.ReadToEnd()).Value;
    }

    private async Task<(byte[] Body, HttpResponseMessage Response)> GetAsync(string path, string? encoding)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        if (encoding is not null)
        {
            client.DefaultRequestHeaders.AcceptEncoding.Add(new(encoding));
        }

        var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Equal(encoding ?? string.Empty, string.Join(",", response.Content.Headers.ContentEncoding));
        return (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response);
    }

    [GeneratedRegex("widget/[0-9a-f]{16}/")]
    private static partial Regex FilesPattern();
}
