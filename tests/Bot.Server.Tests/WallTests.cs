using System.Text.RegularExpressions;

namespace Bot.Server.Tests;

/// <summary>The server's walls (docs/adr/0002) and promises about the repository.</summary>
public class WallTests
{
    [Fact]
    public void BotFramework_IsNamedOnlyByTheChannels()
    {
        var others = ServerFiles().Where(file => !file.Contains(Path.Combine("Bot.Server", "Channels"), StringComparison.Ordinal));

        Assert.DoesNotContain(others, file => Regex.IsMatch(File.ReadAllText(file), @"\bMicrosoft\.Bot\b"));
    }

    [Fact]
    public void TheTwoFlavours_DifferInOneFileOnly()
    {
        var conditional = Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Regex.IsMatch(File.ReadAllText(file), @"^\s*#if\b.*BOT_FRAMEWORK", RegexOptions.Multiline))
            .Select(Path.GetFileName);

        Assert.Equal(["ActivityJson.cs"], conditional);
    }

    [Fact]
    public void Channels_UseNoSql() =>
        Assert.DoesNotContain(ServerFiles().Where(file => file.Contains("Channels", StringComparison.Ordinal)), file => Regex.IsMatch(File.ReadAllText(file), @"\bSELECT\b|\bSqlite\b|\bNpgsql\b"));

    [Fact]
    public void Program_DecidesNothing() =>
        Assert.Single(Regex.Matches(File.ReadAllText(RepositoryRoot.Combine("src", "Bot.Server", "Program.cs")), @"\bif\b"));

    [Fact]
    public void TheServersProject_NamesAllThreePackages()
    {
        var project = File.ReadAllText(RepositoryRoot.Combine("src", "Bot.Server", "Bot.Server.csproj"));

        foreach (var package in new[] { "Microsoft.Bot.Builder", "Microsoft.Bot.Builder.Integration.AspNet.Core", "Microsoft.Recognizers.Text" })
        {
            Assert.Contains($"<PackageReference Include=\"{package}\" />", project, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheWidget_AsksNobodyElse()
    {
        var foreign = Directory.EnumerateFiles(RepositoryRoot.Combine("web"))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"https?://[\w.-]+").Select(match => match.Value))
            .Where(url => url is not ("https://findahelpline.com" or "http://www.w3.org"));

        Assert.Empty(foreign);
    }

    private static IEnumerable<string> ServerFiles() =>
        Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Bot.Server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
