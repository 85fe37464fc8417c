namespace Bot.Server.Evaluation;

/// <summary>What a matcher made of one query.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Expected">The right answer's id, or "OOS" when there is none.</param>
/// <param name="Predicted">The best answer whatever its confidence; empty when there is none.</param>
/// <param name="Confidence">The best answer's score; 0 when there is none.</param>
/// <param name="Rank">Where the right answer stands among the first ten, from 1; 0 when it does not.</param>
/// <param name="Microseconds">How long it took.</param>
internal sealed record MatchingResult(string Query, string Expected, string Predicted, double Confidence, int Rank, double Microseconds)
{
    public const string OutOfScope = "OOS";
    private const int DeepestRank = 10;

    public bool IsRight => Predicted == Expected;

    public static MatchingResult Of(string query, string expected, IReadOnlyList<string> ranked, double confidence, double microseconds) =>
        new(query, expected, ranked.Count > 0 ? ranked[0] : string.Empty, confidence, ranked.Take(DeepestRank).ToList().IndexOf(expected) + 1, microseconds);
}

/// <summary>The figures of one matcher on one set, its reliability where its confidences are between 0 and 1; fractions, counted alike for every engine. AUROC and the two after it are null below 50 out-of-scope rows.</summary>
internal sealed record MatchingFigures(
    int Answers, int Phrasings, int Queries, double Accuracy, double Mrr10, double? Auroc, double? AnsweredRightAt80, double? AnsweredRightAt95,
    Latency LatencyMicroseconds, double BuildMilliseconds, double ResidentMegabytes, Reliability? Reliability)
{
    private const int FewestOutOfScope = 50;

    public static MatchingFigures Of(TsvTable train, IReadOnlyList<MatchingResult> results, double buildMilliseconds, double residentMegabytes)
    {
        var inScope = results.Where(result => result.Expected != MatchingResult.OutOfScope).ToList();
        var outOfScope = results.Where(result => result.Expected == MatchingResult.OutOfScope).Select(result => result.Confidence).ToList();
        var canReject = outOfScope.Count >= FewestOutOfScope && inScope.Count > 0;
        return new MatchingFigures(
            train.Rows.Select(row => row[0]).Distinct(StringComparer.Ordinal).Count(),
            train.Rows.Count,
            results.Count,
            Figures.Round(inScope.Count(result => result.IsRight) / (double)Math.Max(1, inScope.Count)),
            Figures.Round(inScope.Sum(result => result.Rank > 0 ? 1.0 / result.Rank : 0) / Math.Max(1, inScope.Count)),
            canReject ? Figures.Round(Figures.AreaUnderCurve(inScope.Select(result => result.Confidence), outOfScope)) : null,
            canReject ? RightAt(inScope, outOfScope, 0.20) : null,
            canReject ? RightAt(inScope, outOfScope, 0.05) : null,
            Figures.Latency([.. results.Select(result => result.Microseconds)]),
            Math.Round(buildMilliseconds, 1),
            Math.Round(residentMegabytes, 1),
            results.All(result => result.Confidence is >= 0 and <= 1) ? Reliability.Of(results) : null);
    }

    /// <summary>In-scope queries answered and right at the lowest threshold that accepts at most the share of the out-of-scope rows.</summary>
    private static double RightAt(List<MatchingResult> inScope, List<double> outOfScope, double mostAccepted)
    {
        var threshold = outOfScope.Concat(inScope.Select(result => result.Confidence)).Append(double.MaxValue).Distinct().Order()
            .First(candidate => outOfScope.Count(confidence => confidence >= candidate) <= mostAccepted * outOfScope.Count);
        return Figures.Round(inScope.Count(result => result.IsRight && result.Confidence >= threshold) / (double)inScope.Count);
    }
}
