using System.Diagnostics;
using Bot.Core.Crisis;

namespace Bot.Server.Evaluation;

/// <summary>Measures the crisis screen on labelled messages: columns id, text, lang, category, level and, if there, tag.</summary>
internal static class CrisisEvaluation
{
    public static object Run(string file, string? predictionsFile, CrisisScreen screen, TextWriter error)
    {
        var table = TsvTable.Read(file);
        int id = table.Column("id"), text = table.Column("text"), language = table.Column("lang"), category = table.Column("category"), level = table.Column("level");
        var tag = table.OptionalColumn("tag");

        screen.Screen("warm up");
        var results = new List<(string[] Row, CrisisFinding? Finding, double Microseconds)>(table.Rows.Count);
        foreach (var row in Figures.WithProgress(table.Rows, error))
        {
            var start = Stopwatch.GetTimestamp();
            var finding = screen.Screen(row[text]).Danger;
            results.Add((row, finding, Stopwatch.GetElapsedTime(start).TotalMicroseconds));
        }

        if (predictionsFile is not null)
        {
            File.WriteAllLines(predictionsFile, results.Select(result => string.Join('\t', result.Row[id], TierOf(result.Finding), result.Finding?.Category ?? string.Empty, result.Finding?.RuleId ?? string.Empty)).Prepend("id\ttier\tcategory\trule"));
        }

        SortedDictionary<string, object> By(int column) => new(
            results.Where(result => result.Row[column].Length > 0).GroupBy(result => result.Row[column], result => TierOf(result.Finding)).ToDictionary(group => group.Key, Shares),
            StringComparer.Ordinal);

        return new
        {
            messages = results.Count,
            level = By(level),
            category = By(category),
            lang = By(language),
            tag = tag is { } tagColumn ? By(tagColumn) : null,
            latencyMicroseconds = Figures.Latency([.. results.Select(result => result.Microseconds)]),
        };
    }

    private static object Shares(IGrouping<string, string> tiers)
    {
        var count = tiers.Count();
        double Share(string tier) => Figures.Round(tiers.Count(candidate => candidate == tier) / (double)count);
        return new { count, hard = Share("hard"), soft = Share("soft"), none = Share("none") };
    }

    private static string TierOf(CrisisFinding? finding) => finding?.Tier switch
    {
        CrisisTier.Hard => "hard",
        CrisisTier.Soft => "soft",
        _ => "none",
    };
}
