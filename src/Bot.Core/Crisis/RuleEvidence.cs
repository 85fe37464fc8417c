namespace Bot.Core.Crisis;

/// <summary>
/// What a rule's finding adds to the model's judgement: multinomial logistic regression over the model's log-odds and the kind of rule, fitted on
/// messages that neither the rules nor the model had seen (docs/adr/0009).
/// </summary>
internal static class RuleEvidence
{
    private const double Smallest = 1e-4;

    private static readonly Weights Concern = new(Bias: 0.197, AcuteOdds: 0.186, ConcernOdds: 1.069, Strict: 0.703, Loose: 0.19, Information: 0.525, Spanish: -0.275, StrictSpanish: -1.382);
    private static readonly Weights Acute = new(Bias: -0.105, AcuteOdds: 1.212, ConcernOdds: -0.039, Strict: 0.891, Loose: 0.466, Information: 0.705, Spanish: -1.182, StrictSpanish: 0.194);

    /// <summary>The judgement in the light of both.</summary>
    /// <param name="model">What the model makes of the message.</param>
    /// <param name="found">The gravest finding of the rules, or null.</param>
    /// <param name="isSpanish">Whether the message is in Spanish, of which the model knows less.</param>
    public static Risk Weigh(Risk model, CrisisFinding? found, bool isSpanish)
    {
        var none = Math.Max(Smallest, 1 - model.Any);
        var (acuteOdds, concernOdds) = (Math.Log(Math.Max(Smallest, model.Acute) / none), Math.Log(Math.Max(Smallest, model.Concern) / none));
        var acute = Math.Exp(Acute.Sum(acuteOdds, concernOdds, found, isSpanish));
        var concern = Math.Exp(Concern.Sum(acuteOdds, concernOdds, found, isSpanish));
        var all = 1 + acute + concern;
        return new Risk(acute / all, concern / all);
    }

    private sealed record Weights(double Bias, double AcuteOdds, double ConcernOdds, double Strict, double Loose, double Information, double Spanish, double StrictSpanish)
    {
        public double Sum(double acute, double concern, CrisisFinding? found, bool isSpanish) => Bias + AcuteOdds * acute + ConcernOdds * concern + (isSpanish ? Spanish : 0) + (found switch
        {
            null => 0,
            { Tier: CrisisTier.Hard } => Strict + (isSpanish ? StrictSpanish : 0),
            { Category: CrisisFinding.Information } => Information,
            _ => Loose,
        });
    }
}
