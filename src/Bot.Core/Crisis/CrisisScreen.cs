using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// Runs before everything else on every message: in memory, without network or store. The hard tier needs no model;
/// the soft tier is looser rules and, when it could be loaded, a small statistical model (docs/adr/0009).
/// </summary>
public sealed class CrisisScreen
{
    /// <summary>The rule id of a finding that the model made alone.</summary>
    public const string ModelRuleId = "model.risk";

    // Measured on tests/crisis/messages.tsv and on ordinary queries (docs/crisis-evidence.md).

    /// <summary>
    /// At or above this probability of danger the model hands off by itself: on messages set aside it hands off 6 more of 100 in danger,
    /// and at most 2 of 5,148 ordinary queries.
    /// </summary>
    private const double HandOffAt = 0.75;

    /// <summary>At or above this the model offers help by itself.</summary>
    private const double OfferAt = 0.25;

    /// <summary>A loose rule and the model together are as good as a strict rule at or above this probability of danger.</summary>
    private const double RaiseDistressAt = 0.50;

    private const double RaiseInformationAt = 0.80;

    private const int ShortestJudged = 3;

    private readonly CrisisModel _rules;
    private readonly RiskModel? _risk;

    public CrisisScreen(CrisisRuleSet ruleSet, RiskModel? risk = null)
    {
        _rules = new CrisisRecognizer(ruleSet).GetCrisisModel();
        _risk = risk;
    }

    /// <summary>The gravest finding of danger or distress, and whether the text also asks for advice on the person's own use.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="isRaised">True after a hard finding in this conversation: then a soft finding of distress is a hard one too.</param>
    public ScreenResult Screen(string text, bool isRaised = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = _rules.Parse(text).ConvertAll(CrisisModel.ToFinding);
        var danger = findings.Find(finding => finding.Tier != CrisisTier.Advice);
        var advice = findings.Find(finding => finding.Tier == CrisisTier.Advice);
        var isFoundByRule = danger is not null;
        if (danger is not { Tier: CrisisTier.Hard } && _risk is not null && advice is null)
        {
            // The refusal of advice names 911 and 988 itself: what the model makes of such a request adds nothing.
            danger = Weigh(text, danger);
        }

        return new ScreenResult(isRaised && isFoundByRule && danger!.Category != "information" ? danger with { Tier = CrisisTier.Hard } : danger, advice);
    }

    /// <summary>
    /// What the last messages say only together, by the strict rules alone: "I saved up my pills", and then "goodbye everyone".
    /// Null when they say nothing more than one of them does.
    /// </summary>
    /// <param name="earlier">The messages before, the latest last.</param>
    /// <param name="text">The message now.</param>
    public CrisisFinding? ScreenTogether(IEnumerable<string> earlier, string text)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(text);
        var before = string.Concat(earlier.Select(message => message + "\n"));
        if (before.Length == 0)
        {
            return null;
        }

        // Only a finding that needs words of both counts: what was said before has been answered.
        return _rules.Parse(before + text).ConvertAll(CrisisModel.ToFinding)
            .Find(finding => finding.Tier == CrisisTier.Hard && finding.Start < before.Length && finding.Start + finding.Length > before.Length) is { } found
            ? found with { Start = 0, Length = text.Length }
            : null;
    }

    /// <summary>What a loose finding, or none, becomes in the light of the model.</summary>
    private CrisisFinding? Weigh(string text, CrisisFinding? loose)
    {
        var tokens = TextNormalizer.Tokenize(text);
        if (tokens.Count == 0)
        {
            return loose;
        }

        var risk = _risk!.Judge(tokens);
        if (loose is null)
        {
            var (start, end) = (tokens[0].Start, tokens[^1].End);
            // Of one or two words ("stop it", "ya") letters tell too little; the grave ones have rules.
            return tokens.Count < ShortestJudged ? null
                : risk.Acute >= HandOffAt ? new CrisisFinding(ModelRuleId, "danger", CrisisTier.Hard, "information", StopWords.GuessLanguage(tokens), false, start, end - start)
                : risk.Any >= OfferAt ? new CrisisFinding(ModelRuleId, "distress", CrisisTier.Soft, "distress", StopWords.GuessLanguage(tokens), false, start, end - start)
                : null;
        }

        return risk.Acute >= (loose.Category == "information" ? RaiseInformationAt : RaiseDistressAt) ? loose with { Tier = CrisisTier.Hard } : loose;
    }
}

/// <summary>What the screen has to say about one message.</summary>
/// <param name="Danger">The gravest hard or soft finding, or null.</param>
/// <param name="Advice">A request for advice on the person's own use, or null.</param>
public sealed record ScreenResult(CrisisFinding? Danger, CrisisFinding? Advice);
