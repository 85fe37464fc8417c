using System.Diagnostics;
using System.Globalization;
using Bot.Core.Knowledge;
using Bot.Core.Matching;

namespace Bot.Server.Evaluation;

/// <summary>Measures the matcher on a folder with <c>train.tsv</c> (answer_id, phrasing) and <c>test.tsv</c> (answer_id or OOS, query).</summary>
internal static class MatchingEvaluation
{
    private const int MostExplained = 3;

    public static MatchingFigures Run(string folder, string? trainFile, string? predictionsFile, string? explanationsFile, TextWriter error)
    {
        using var explanations = explanationsFile is null ? null : new StreamWriter(explanationsFile);
        explanations?.WriteLine("query\texpected\tanswer\tconfidence\twords\tmeaning\tclassifier\tphrasing");
        var (figures, results) = Measure(folder, trainFile, error, explanations);
        if (predictionsFile is not null)
        {
            File.WriteAllLines(predictionsFile, results.Select(result => string.Join('\t', result.Query, result.Expected, result.Predicted, result.Confidence.ToString("0.0000", CultureInfo.InvariantCulture))));
        }

        return figures;
    }

    public static (MatchingFigures Figures, IReadOnlyList<MatchingResult> Results) Measure(string folder, string? trainFile, TextWriter error, TextWriter? explanations = null)
    {
        var train = TsvTable.Read(trainFile ?? Path.Combine(folder, "train.tsv"), "answer_id", "phrasing");
        var test = TsvTable.Read(Path.Combine(folder, "test.tsv"), "answer_id", "query");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var knowledgeBase = BuildKnowledgeBase(train);
        var matcher = new HybridMatcher();
        matcher.FindMatches(knowledgeBase, knowledgeBase.Answers[0].Title, null);
        var buildMilliseconds = clock.Elapsed.TotalMilliseconds;
        var residentMegabytes = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024.0);

        var results = new List<MatchingResult>(test.Rows.Count);
        foreach (var row in Figures.WithProgress(test.Rows, error))
        {
            var start = Stopwatch.GetTimestamp();
            var matches = matcher.FindMatches(knowledgeBase, row[1], null);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            results.Add(MatchingResult.Of(row[1], row[0], [.. matches.Select(match => match.Answer.Id)], matches.Count > 0 ? matches[0].Confidence.Value : 0, elapsed));
            foreach (var match in matches.Take(explanations is null ? 0 : MostExplained))
            {
                explanations!.WriteLine(Explain(row, match));
            }
        }

        return (MatchingFigures.Of(train, results, buildMilliseconds, residentMegabytes), results);
    }

    /// <summary>What spoke for an answer; the parts are empty for an exact phrasing and where words decide alone.</summary>
    private static string Explain(string[] row, AnswerMatch match)
    {
        var parts = match.Evidence is { } evidence ? new[] { evidence.Lexical, evidence.Nearest, evidence.Probability }.Select(part => part.ToString("0.000", CultureInfo.InvariantCulture)) : Enumerable.Repeat(string.Empty, 3);
        return string.Join('\t', [row[1], row[0], match.Answer.Id, match.Confidence.ToString(), .. parts, TsvTable.Field(match.ClosestPhrasing)]);
    }

    private static KnowledgeBase BuildKnowledgeBase(TsvTable train)
    {
        var answers = train.Rows.GroupBy(row => row[0], StringComparer.Ordinal).Select(group => new Answer
        {
            Id = group.Key,
            Text = group.Key,
            Topic = "evaluation",
            Phrasings = [.. group.Select(row => new Phrasing(row[1], 0))],
            File = string.Empty,
            Line = 0,
        });
        return new KnowledgeBase([.. answers], [], SynonymTable.Empty, "evaluation");
    }
}
