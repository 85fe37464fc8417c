namespace Bot.Core.Crisis;

/// <summary>
/// Runs before everything else on every message: in memory, without network, store or model file.
/// </summary>
public sealed class CrisisScreen
{
    private readonly CrisisModel _model;

    public CrisisScreen(CrisisRuleSet ruleSet)
    {
        _model = new CrisisRecognizer(ruleSet).GetCrisisModel();
    }

    /// <summary>The gravest finding of danger or distress, and whether the text also asks for advice on the person's own use.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="isRaised">True after a hard finding in this conversation: then a soft finding of distress is a hard one too.</param>
    public ScreenResult Screen(string text, bool isRaised = false)
    {
        var findings = _model.Parse(text).ConvertAll(CrisisModel.ToFinding);
        var gravest = findings.Find(finding => finding.Tier != CrisisTier.Advice);
        return new ScreenResult(
            isRaised && gravest is not null && gravest.Category != "information" ? gravest with { Tier = CrisisTier.Hard } : gravest,
            findings.Find(finding => finding.Tier == CrisisTier.Advice));
    }
}

/// <summary>What the screen has to say about one message.</summary>
/// <param name="Danger">The gravest hard or soft finding, or null.</param>
/// <param name="Advice">A request for advice on the person's own use, or null.</param>
public sealed record ScreenResult(CrisisFinding? Danger, CrisisFinding? Advice);
