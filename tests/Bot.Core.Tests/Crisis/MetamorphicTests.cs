using System.Collections.Concurrent;
using Bot.Core.Crisis;

namespace Bot.Core.Tests.Crisis;

/// <summary>How a thing is typed must not decide whether it is seen: what is handed off stays at least found.</summary>
public class MetamorphicTests
{
    private static readonly CrisisScreen Screen = RealContent.Content.CrisisScreen;

    private static readonly IReadOnlyList<string> HandedOff =
    [
        .. File.ReadLines(RepositoryRoot.Combine("tests", "crisis", "messages.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Where(row => row[4] == "acute").Select(row => row[1]).Where(text => Screen.Screen(text).Danger?.Tier == CrisisTier.Hard),
    ];

    private static readonly ConcurrentDictionary<string, Lazy<CrisisTier?[]>> Tiers = new();

    public static TheoryData<string, double> Changes => new()
    {
        { "capitals", 1 },
        { "spaces", 1 },
        { "exclamation marks", 1 },
        { "please", 1 },
        { "curly quotes", 1 },
        { "a greeting before", 0.995 },
        { "a clause after", 0.98 },
        { "a question after", 0.98 },
        { "a question before", 0.98 },
        { "thanks after", 0.97 },
        { "a request before, with a comma", 0.96 },
        { "stretched letters", 0.97 },
        { "two letters swapped", 0.97 },
        { "a letter left out", 0.95 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void AHandoff_TypedAnotherWay_IsStillFound(string change, double floor)
    {
        Assert.True(HandedOff.Count > 300);

        var lost = TiersAfter(change).Zip(HandedOff).Where(pair => pair.First is null).Select(pair => pair.Second).ToList();

        Assert.True(lost.Count <= HandedOff.Count * (1 - floor), $"{lost.Count} of {HandedOff.Count} are lost by {change}: {string.Join(" | ", lost.Take(10))}");
    }

    /// <summary>What stands beside danger in the same message does not talk it away.</summary>
    [Theory]
    [InlineData("a question after", 0.95)]
    [InlineData("a question before", 0.95)]
    [InlineData("thanks after", 0.85)]
    [InlineData("a request before, with a comma", 0.80)]
    public void AHandoff_BesideSomethingOrdinary_StaysAHandoff(string change, double floor)
    {
        var kept = TiersAfter(change).Count(tier => tier == CrisisTier.Hard);

        Assert.True(kept >= HandedOff.Count * floor, $"{kept} of {HandedOff.Count} are still handed off with {change}.");
    }

    /// <summary>What each message gets when it is typed another way; all of them at once, and each way once for both tests.</summary>
    private static CrisisTier?[] TiersAfter(string change) =>
        Tiers.GetOrAdd(change, way => new(() => [.. HandedOff.AsParallel().AsOrdered().Select(text => Screen.Screen(Change(text, way)).Danger?.Tier)])).Value;

    private static string Change(string text, string change) => change switch
    {
        "capitals" => text.ToUpperInvariant(),
        "spaces" => "  " + text.Replace(" ", "   ", StringComparison.Ordinal) + "\n",
        "exclamation marks" => text + "!!!",
        "please" => text + " please",
        "curly quotes" => "\u201C" + text.Replace('\'', '\u2019') + "\u201D",
        "a greeting before" => "hello, " + text,
        "a clause after" => text + ", i did not know where else to write",
        "a question after" => text + ". is heroin a stimulant or a depressant?",
        "a question before" => "is heroin a stimulant or a depressant? " + text,
        "thanks after" => text + ". thanks for the article, i learned a lot about dopamine today",
        "a request before, with a comma" => "how much does rehab cost, " + text,
        "stretched letters" => LongestWord(text, word => word[..^1] + new string(word[^1], 3)),
        "two letters swapped" => LongestWord(text, word => word.Length < 5 ? word : $"{word[..2]}{word[3]}{word[2]}{word[4..]}"),
        _ => LongestWord(text, word => word.Length < 5 ? word : word.Remove(word.Length / 2, 1)),
    };

    private static string LongestWord(string text, Func<string, string> change)
    {
        var words = text.Split(' ');
        var longest = Array.IndexOf(words, words.MaxBy(word => word.Length));
        words[longest] = change(words[longest]);
        return string.Join(' ', words);
    }
}
