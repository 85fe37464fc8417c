using System.Diagnostics;
using Bot.Core.Knowledge;
using Bot.Core.Matching;

namespace Bot.Server.Evaluation;

/// <summary>Measures the matcher on a folder with <c>train.tsv</c> (answer_id, phrasing) and <c>test.tsv</c> (answer_id or OOS, query).</summary>
internal static class MatchingEvaluation
{
    private const string OutOfScope = "OOS";
    private const int FewestOutOfScope = 50;
    private const int DeepestRank = 10;

    public static object Run(string folder, string? trainFile, string? predictionsFile, TextWriter error)
    {
        var train = TsvTable.Read(trainFile ?? Path.Combine(folder, "train.tsv"), "answer_id", "phrasing");
        var test = TsvTable.Read(Path.Combine(folder, "test.tsv"), "answer_id", "query");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var knowledgeBase = BuildKnowledgeBase(train);
        var matcher = new LexicalMatcher();
        matcher.FindMatches(knowledgeBase, knowledgeBase.Answers[0].Title, null);
        var buildMilliseconds = clock.Elapsed.TotalMilliseconds;
        var residentMegabytes = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024.0);

        var results = new List<Result>(test.Rows.Count);
        foreach (var row in Figures.WithProgress(test.Rows, error))
        {
            var start = Stopwatch.GetTimestamp();
            var matches = matcher.FindMatches(knowledgeBase, row[1], null);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            var rank = matches.Take(DeepestRank).Select(match => match.Answer.Id).ToList().IndexOf(row[0]) + 1;
            results.Add(new Result(row[1], row[0], matches.Count > 0 ? matches[0].Answer.Id : string.Empty, matches.Count > 0 ? matches[0].Confidence.Value : 0, rank, elapsed));
        }

        if (predictionsFile is not null)
        {
            File.WriteAllLines(predictionsFile, results.Select(result => string.Join('\t', result.Query, result.Expected, result.Predicted, result.Confidence.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture))));
        }

        var inScope = results.Where(result => result.Expected != OutOfScope).ToList();
        var outOfScope = results.Where(result => result.Expected == OutOfScope).Select(result => result.Confidence).ToList();
        var canReject = outOfScope.Count >= FewestOutOfScope && inScope.Count > 0;
        return new
        {
            answers = knowledgeBase.Answers.Count,
            phrasings = train.Rows.Count,
            queries = results.Count,
            accuracy = Figures.Round(inScope.Count(result => result.IsRight) / (double)Math.Max(1, inScope.Count)),
            mrr10 = Figures.Round(inScope.Sum(result => result.Rank > 0 ? 1.0 / result.Rank : 0) / Math.Max(1, inScope.Count)),
            auroc = canReject ? Figures.Round(Figures.AreaUnderCurve(inScope.Select(result => result.Confidence), outOfScope)) : (double?)null,
            answeredRightAt80 = canReject ? AnsweredRightAt(inScope, outOfScope, 0.20) : (double?)null,
            answeredRightAt95 = canReject ? AnsweredRightAt(inScope, outOfScope, 0.05) : (double?)null,
            latencyMicroseconds = Figures.Latency([.. results.Select(result => result.Microseconds)]),
            buildMilliseconds = Math.Round(buildMilliseconds, 1),
            residentMegabytes = Math.Round(residentMegabytes, 1),
        };
    }

    /// <summary>In-scope queries answered and right at the lowest threshold that accepts at most the share of the out-of-scope rows.</summary>
    private static double AnsweredRightAt(List<Result> inScope, List<double> outOfScope, double mostAccepted)
    {
        var threshold = outOfScope.Concat(inScope.Select(result => result.Confidence)).Append(double.MaxValue).Distinct().Order()
            .First(candidate => outOfScope.Count(confidence => confidence >= candidate) <= mostAccepted * outOfScope.Count);
        return Figures.Round(inScope.Count(result => result.IsRight && result.Confidence >= threshold) / (double)inScope.Count);
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

    private sealed record Result(string Query, string Expected, string Predicted, double Confidence, int Rank, double Microseconds)
    {
        public bool IsRight => Predicted == Expected;
    }
}
