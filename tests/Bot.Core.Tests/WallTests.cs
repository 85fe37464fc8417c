using System.Text.RegularExpressions;
using Bot.Core.Turns;

namespace Bot.Core.Tests;

/// <summary>Rooms lean downwards only (docs/adr/0002).</summary>
public class WallTests
{
    [Theory]
    [InlineData("Text", "Sentences|Content|Reviews|Knowledge|Matching|Crisis|Conversations|Turns|Escalations")]
    [InlineData("Sentences", "Content|Reviews|Knowledge|Matching|Crisis|Conversations|Turns|Escalations")]
    [InlineData("Content", "Text|Reviews|Knowledge|Matching|Crisis|Conversations|Turns|Escalations")]
    [InlineData("Conversations", "Text|Content|Reviews|Knowledge|Matching|Crisis|Turns|Escalations")]
    [InlineData("Escalations", "Text|Sentences|Content|Reviews|Knowledge|Matching|Crisis|Conversations|Turns")]
    [InlineData("Reviews", "Text|Knowledge|Matching|Crisis|Conversations|Turns|Escalations")]
    [InlineData("Crisis", "Knowledge|Matching|Reviews|Turns|Escalations")]
    [InlineData("Knowledge", "Matching|Crisis|Reviews|Turns|Escalations")]
    [InlineData("Matching", "Crisis|Reviews|Turns|Escalations")]
    public void Room_NamesNoRoomAboveIt(string room, string forbiddenRooms)
    {
        var forbidden = new Regex($@"\bBot\.Core\.({forbiddenRooms})\b|(?<![\w.])({forbiddenRooms})\.[A-Z]");

        Assert.DoesNotContain(FilesOf(room), file => forbidden.IsMatch(WithoutStrings(File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("Text", "YamlDotNet|PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Sentences", "YamlDotNet|PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Matching", "YamlDotNet|PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Knowledge", "PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Turns", "YamlDotNet|PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Conversations", "YamlDotNet|PhoneNumbers|Microsoft.Recognizers")]
    [InlineData("Escalations", "YamlDotNet|Microsoft.Recognizers")]
    public void Room_NamesOnlyItsOwnPackages(string room, string forbiddenPackages) =>
        Assert.DoesNotContain(FilesOf(room), file => Regex.IsMatch(File.ReadAllText(file), $@"\b({forbiddenPackages})\b"));

    [Fact]
    public void Core_ReferencesNoBotFrameworkStorageOrWebAssembly()
    {
        var forbidden = typeof(Responder).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)
            .Where(name => Regex.IsMatch(name, @"^(Microsoft\.Bot|Bot\.Framework|Microsoft\.AspNetCore|Microsoft\.Data|Npgsql|Dapper|System\.Net\.Http)"));

        Assert.Empty(forbidden);
    }

    private static IEnumerable<string> FilesOf(string room) =>
        Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Bot.Core", room), "*.cs", SearchOption.AllDirectories);

    private static string WithoutStrings(string code) => Regex.Replace(code, "\"[^\"\n]*\"", "\"\"");
}
