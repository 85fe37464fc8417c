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

    /// <summary>The gravest finding, or null.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="isRaised">True after a hard finding in this conversation: then a soft finding is a hard one too.</param>
    public CrisisFinding? Screen(string text, bool isRaised = false)
    {
        if (_model.Parse(text) is not [var gravest, ..])
        {
            return null;
        }

        var finding = CrisisModel.ToFinding(gravest);
        return isRaised && finding.Category != "information" ? finding with { Tier = CrisisTier.Hard } : finding;
    }
}
