using Bot.Core.Knowledge;

namespace Bot.Core.Matching;

/// <summary>What speaks for one answer to one question.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Lexical">How much of the question its words and letters explain, about 0 to 1.</param>
/// <param name="Nearest">The cosine of its nearest phrasing.</param>
/// <param name="Probability">What the classifier over the phrasings thinks, 0 to 1.</param>
/// <param name="Phrasing">The phrasing that carried it.</param>
public readonly record struct Evidence(Answer Answer, double Lexical, double Nearest, double Probability, string Phrasing)
{
    private const double LexicalShare = 0.3;
    private const double NearestShare = 0.5;
    private const double ProbabilityShare = 0.7;

    private const double Intercept = -3.94;
    private const double LexicalWeight = 1.95;
    private const double NearestWeight = 2.03;
    private const double ProbabilityWeight = 2.82;
    private const double MarginWeight = 4.88;
    private const double LargestMargin = 0.3;
    private const double MostWithoutWords = 0.45;

    /// <summary>The three together; answers are ranked by it.</summary>
    public double Score => ScoreOf(Lexical, Nearest, Probability);

    internal static double ScoreOf(double lexical, double nearest, double probability) => LexicalShare * lexical + NearestShare * nearest + ProbabilityShare * probability;

    /// <summary>How sure this answer is right, by logistic regression on questions with known answers (bench/README.md).</summary>
    public Confidence ToConfidence(double margin)
    {
        var confidence = 1 / (1 + Math.Exp(-(Intercept + LexicalWeight * Lexical + NearestWeight * Nearest + ProbabilityWeight * Probability + MarginWeight * Math.Clamp(margin, -LargestMargin, LargestMargin))));

        // Without one word in common the text may be in another language, or none: sense alone suggests, and does not answer.
        return new(Lexical > 0 ? confidence : Math.Min(confidence, MostWithoutWords));
    }
}
