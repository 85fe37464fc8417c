using System.Diagnostics;
using Bot.Core.Crisis;

namespace Bot.Server.Evaluation;

/// <summary>Measures the crisis screen on labelled messages: columns id, text, lang, category, level and, if there, tag.</summary>
internal static class CrisisEvaluation
{
    /// <summary>The figures of one file as an object for JSON; predictions are written when a file for them is named.</summary>
    public static object Run(string file, string? predictionsFile, CrisisScreen screen, TextWriter error)
    {
        var (results, tag) = Measure(file, screen, error);
        if (predictionsFile is not null)
        {
            File.WriteAllLines(predictionsFile, results.Select(result => string.Join('\t', result.Id, result.Tier, result.Finding?.Category ?? string.Empty, result.Finding?.RuleId ?? string.Empty, result.Person)).Prepend("id\ttier\tcategory\trule\tperson"));
        }

        SortedDictionary<string, object> By(Func<CrisisResult, string> column) => new(
            results.Where(result => column(result).Length > 0).GroupBy(column, result => result.Tier).ToDictionary(group => group.Key, Shares),
            StringComparer.Ordinal);

        return new
        {
            messages = results.Count,
            level = By(result => result.Level),
            category = By(result => result.Category),
            lang = By(result => result.Language),
            tag = tag ? By(result => result.Tag) : null,
            latencyMicroseconds = Figures.Latency([.. results.Select(result => result.Microseconds)]),
        };
    }

    /// <summary>What the screen makes of each message, and whether the file has tags.</summary>
    public static (IReadOnlyList<CrisisResult> Results, bool HasTags) Measure(string file, CrisisScreen screen, TextWriter error)
    {
        var table = TsvTable.Read(file);
        int id = table.Column("id"), text = table.Column("text"), language = table.Column("lang"), category = table.Column("category"), level = table.Column("level");
        int? tag = table.OptionalColumn("tag"), source = table.OptionalColumn("source");

        screen.Screen("warm up");
        var results = new List<CrisisResult>(table.Rows.Count);
        foreach (var row in Figures.WithProgress(table.Rows, error))
        {
            var start = Stopwatch.GetTimestamp();
            var finding = screen.Screen(row[text]).Danger;
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            results.Add(new CrisisResult(row[id], row[text], row[language], row[category], row[level], tag is { } at ? row[at] : string.Empty, source is { } from && row[from] == "written", finding, elapsed));
        }

        return (results, tag is not null);
    }

    private static object Shares(IGrouping<string, string> tiers)
    {
        var count = tiers.Count();
        double Share(string tier) => Figures.Round(tiers.Count(candidate => candidate == tier) / (double)count);
        return new { count, hard = Share("hard"), soft = Share("soft"), none = Share("none") };
    }
}

/// <summary>What the screen made of one labelled message; its own when it was written for this project and may be shown.</summary>
internal sealed record CrisisResult(
    string Id, string Text, string Language, string Category, string Level, string Tag, bool IsOwn, CrisisFinding? Finding, double Microseconds)
{
    /// <summary>Whom the finding is about: the writer, or someone else.</summary>
    public string Person => Finding is null ? string.Empty : Finding.IsAboutSomeoneElse ? "other" : "self";

    public string Tier => Finding?.Tier switch
    {
        CrisisTier.Hard => "hard",
        CrisisTier.Soft => "soft",
        _ => "none",
    };
}
