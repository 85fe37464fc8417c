using Microsoft.Bot.Builder;

namespace Bot.Framework.Tests.Api;

/// <summary>Bot.Framework invents nothing: every public line of it is a line of the official 4.23 API.</summary>
public class PublicApiTests
{
    private const string InvokeResponse = "The reference list names this type in other lines but its own are missing from it (defined in another assembly).";

    /// <summary>Lines that differ, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["Microsoft.Bot.Builder.Adapters.TestAdapter : Microsoft.Bot.Builder.BotAdapter [type class]"] = "The official one also implements the OAuth token providers, which no bot of ours uses.",
        ["Microsoft.Bot.Builder.MemoryStorage..ctor() [public]"] = "Officially the constructor's optional parameter is a dictionary of Newtonsoft objects; `new MemoryStorage()` compiles in both.",
        ["Microsoft.Bot.Builder.InvokeResponse : - [type class]"] = InvokeResponse,
        ["Microsoft.Bot.Builder.InvokeResponse..ctor() [public]"] = InvokeResponse,
        ["Microsoft.Bot.Builder.InvokeResponse.Body : object [public { get; set; }]"] = InvokeResponse,
        ["Microsoft.Bot.Builder.InvokeResponse.IsSuccessStatusCode() : bool [public]"] = InvokeResponse,
        ["Microsoft.Bot.Builder.InvokeResponse.Status : int [public { get; set; }]"] = InvokeResponse,
    };

    private static readonly string[] Official = File.ReadAllLines(RepositoryRoot.Combine("tests", "Bot.Framework.Tests", "Api", "botbuilder-api-4.23.txt"));

    [Fact]
    public void EveryPublicLine_IsInTheOfficialList()
    {
        var ours = ApiDump.Of(typeof(ActivityHandler).Assembly.Location);

        var invented = ours.Except(Official).Where(line => !Exceptions.ContainsKey(line));

        Assert.True(!invented.Any(), string.Join("\n", invented));
        Assert.True(ours.Count > 400, $"Only {ours.Count} lines were dumped: the dump is broken.");
    }

    [Fact]
    public void EveryException_IsStillNeeded()
    {
        var ours = ApiDump.Of(typeof(ActivityHandler).Assembly.Location);

        Assert.All(Exceptions.Keys, line => Assert.True(ours.Contains(line) && !Official.Contains(line), line));
    }

    [Fact]
    public void PublicTypes_CarryNoNullableAnnotations()
    {
        var annotated = Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Bot.Framework"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("obj", StringComparison.Ordinal) && !File.ReadAllText(file).StartsWith("#nullable disable", StringComparison.Ordinal));

        Assert.Empty(annotated);
    }

    [Fact]
    public void SuggestedActions_HasBothOfficialOverloads()
    {
        var overloads = typeof(MessageFactory).GetMethods().Where(method => method.Name == nameof(MessageFactory.SuggestedActions));

        Assert.Equal([4, 4, 5, 5], overloads.Select(method => method.GetParameters().Length).Order());
    }
}
