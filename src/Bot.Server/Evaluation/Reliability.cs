namespace Bot.Server.Evaluation;

/// <summary>Whether a confidence of 0.7 is right seven times in ten: tenths of the range, and how far they are off.</summary>
/// <param name="Error">The expected calibration error: the mean distance of confidence and share right, each tenth by its queries. 0 is perfect.</param>
/// <param name="Tenths">The tenths that have queries.</param>
internal sealed record Reliability(double Error, IReadOnlyList<ReliabilityTenth> Tenths)
{
    private const int Count = 10;
    private const int Suggestions = 3;

    /// <summary>An out-of-scope query has no right answer, so its best one is wrong whatever it is.</summary>
    public static Reliability Of(IReadOnlyList<MatchingResult> results)
    {
        var tenths = results.GroupBy(result => Math.Min(Count - 1, (int)(result.Confidence * Count))).OrderBy(group => group.Key).Select(group => new ReliabilityTenth(
            group.Key / (double)Count,
            group.Count(),
            Figures.Round(group.Average(result => result.Confidence)),
            Figures.Round(group.Count(result => result.IsRight) / (double)group.Count()),
            Figures.Round(group.Count(result => result.Rank is > 0 and <= Suggestions) / (double)group.Count()))).ToList();
        return new Reliability(Figures.Round(tenths.Sum(tenth => tenth.Queries * Math.Abs(tenth.Confidence - tenth.Right)) / Math.Max(1, results.Count)), tenths);
    }
}

/// <param name="From">Where the tenth begins.</param>
/// <param name="Queries">How many queries had such a confidence.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Right">The share whose best answer was right: what answering gives.</param>
/// <param name="RightAmongThree">The share with the right answer among the best three: what "Did you mean" gives.</param>
internal sealed record ReliabilityTenth(double From, int Queries, double Confidence, double Right, double RightAmongThree);
