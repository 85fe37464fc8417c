using System.Collections.Frozen;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// Runs before everything else on every message: in memory, without network or store. The hard tier needs no model;
/// a small statistical model, when it could be loaded, adds what no rule foresaw and doubts what a rule took wrongly (docs/adr/0009).
/// </summary>
public sealed class CrisisScreen
{
    /// <summary>The rule id of a finding that the model made alone.</summary>
    public const string ModelRuleId = "model.risk";

    /// <summary>At or above this probability of danger the reply is the handoff.</summary>
    private const double HandOffAt = 0.38;

    /// <summary>The same in Spanish, of which the model knows less and says so: who writes Spanish must not be found less often for it.</summary>
    private const double HandOffInSpanishAt = 0.29;

    /// <summary>The same where advice on the person's own use is asked for, which is full of alarming words and whose refusal names 911 and 988 itself.</summary>
    private const double HandOffBesideAdviceAt = 0.97;

    /// <summary>The same in a language that neither reads: only what is as good as certain, since what is not understood is met with the numbers anyway.</summary>
    private const double HandOffInOtherLanguageAt = 0.97;

    /// <summary>At or above this probability of danger or distress what a strict rule found is handed off; below, help is offered.</summary>
    private const double StrictHandOffAt = 0.50;

    /// <summary>At or above this probability of danger or distress help is offered. What a rule found is always offered help.</summary>
    private const double OfferAt = 0.019;

    /// <summary>At or above this probability of danger, likelier than not, the handoff may say what the danger is; below, it leaves that open.</summary>
    private const double NameFrom = 0.5;

    /// <summary>
    /// At or above this probability of danger or distress, likelier than not, an alarming word is no question about the article but somebody's trouble.
    /// </summary>
    private const double DistressFrom = 0.5;

    private const int ShortestJudged = 3;

    /// <summary>Words beside an example of a rule that leave it what it is: "hi", "please help", "what do I do".</summary>
    private const int MostWordsBeside = 4;

    /// <summary>At the end of a message these say nothing about danger.</summary>
    private static readonly FrozenSet<string> Politeness = FrozenSet.Create(StringComparer.Ordinal, "please", "pls", "plz", "thanks", "porfa", "porfavor");

    private readonly CrisisModel _rules;
    private readonly RiskModel? _risk;
    private readonly OtherLanguages? _otherLanguages;
    private readonly FrozenSet<string> _cries;
    private readonly FrozenSet<string> _answered;

    /// <summary>The examples of each strict rule, between spaces: what an editor wrote down as danger is not doubted when little more is said.</summary>
    private readonly FrozenDictionary<string, string[]> _examples;

    /// <param name="ruleSet">The rules.</param>
    /// <param name="risk">The statistical model, or null when it could not be read.</param>
    /// <param name="answered">What an editor has said is to be answered (phrasings, buttons, look-alikes): there the rules alone decide, and so they do for an example of a request for advice.</param>
    /// <param name="otherLanguages">The cries in languages that neither rules nor model read, or null for none.</param>
    public CrisisScreen(CrisisRuleSet ruleSet, RiskModel? risk = null, IEnumerable<string>? answered = null, OtherLanguages? otherLanguages = null)
    {
        _rules = new CrisisRecognizer(ruleSet).GetCrisisModel();
        _risk = risk;
        _otherLanguages = otherLanguages;
        _examples = ruleSet.Rules.Where(rule => rule.Tier == CrisisTier.Hard)
            .ToFrozenDictionary(rule => rule.Id, rule => rule.Examples.Select(example => $" {TextNormalizer.Key(example)} ").ToArray(), StringComparer.Ordinal);
        _cries = ruleSet.Rules.Where(rule => rule.IsAlone).Select(rule => rule.Id).ToFrozenSet(StringComparer.Ordinal);
        _answered = (answered ?? []).Concat(ruleSet.Rules.Where(rule => rule.Tier == CrisisTier.Advice).SelectMany(rule => rule.Examples))
            .Select(TextNormalizer.Key).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>False when the statistical model could not be read; the rules run without it.</summary>
    public bool HasModel => _risk is not null;

    /// <summary>The languages in which the gravest cries are known, and nothing else.</summary>
    public IEnumerable<OtherLanguage> OtherLanguages => _otherLanguages?.All ?? [];

    /// <summary>The language of a text that is neither English nor Spanish, so that rules and model may not have understood it; null when it may be one of these.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words.</param>
    public OtherLanguage? OtherLanguageOf(string text, IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokens);
        return _otherLanguages?.Guess(text, tokens);
    }

    /// <summary>The language of a finding when it is neither English nor Spanish, else null.</summary>
    public OtherLanguage? OtherLanguageOf(CrisisFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return _otherLanguages?.Find(finding.Language);
    }

    /// <summary>The gravest finding of danger or distress, and whether the text also asks for advice on the person's own use.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="isRaised">True after a hard finding in this conversation: then a soft finding of distress by a rule, or of a rule's alarming word in what the model takes for distress, is a hard one too; what the model alone finds stays an offer.</param>
    public ScreenResult Screen(string text, bool isRaised = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = TextNormalizer.Tokenize(text);
        var findings = _rules.Find(text, tokens);
        var danger = findings.FirstOrDefault(finding => finding.Tier != CrisisTier.Advice);
        var advice = findings.FirstOrDefault(finding => finding.Tier == CrisisTier.Advice);
        var isFoundByRule = danger is not null;
        var isStrict = danger is { Tier: CrisisTier.Hard };
        if (_risk is not null)
        {
            var isAdviceOnly = advice is not null && danger is not { Tier: CrisisTier.Hard };
            var weighed = Weigh(text, tokens, danger, isAdviceOnly);
            danger = isAdviceOnly && weighed is not { Tier: CrisisTier.Hard } ? danger : weighed;
        }

        // The cry says what the danger is, which a model that does not read the language cannot.
        if (!(isStrict && danger is { Tier: CrisisTier.Hard }) && _otherLanguages?.FindCry(tokens) is { } cry)
        {
            return new ScreenResult(cry, advice);
        }

        return new ScreenResult(isRaised && isFoundByRule && danger!.Category != CrisisFinding.Information ? danger with { Tier = CrisisTier.Hard } : danger, advice);
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
        return _rules.Find(before + text, TextNormalizer.Tokenize(before + text))
            .FirstOrDefault(finding => finding.Tier == CrisisTier.Hard && finding.Start < before.Length && finding.Start + finding.Length > before.Length) is { } found
            ? found with { Start = 0, Length = text.Length }
            : null;
    }

    /// <summary>What a finding of the rules, or none, becomes in the light of the model.</summary>
    private CrisisFinding? Weigh(string text, IReadOnlyList<Token> tokens, CrisisFinding? found, bool isBesideAdvice)
    {
        // Of one or two words ("stop it", "ya") letters tell too little, and numbers alone nothing; the grave ones have rules.
        if (tokens.Count < ShortestJudged || !tokens.Any(token => token.Text.Any(char.IsLetter)))
        {
            return found;
        }

        var key = TextNormalizer.Key(tokens);
        if (found is { Tier: CrisisTier.Hard } ? _cries.Contains(found.RuleId) || IsAsWritten(found, key, tokens.Count) : _answered.Contains(key))
        {
            return found;
        }

        var language = StopWords.GuessLanguage(tokens);
        var judged = WithoutPoliteness(tokens);
        var judgement = _risk!.Judge(text, judged, MessageParts.Sentences(text, judged, ShortestJudged));
        var risk = RuleEvidence.Weigh(judgement.Risk, found, language == "es");
        var handOffAt = isBesideAdvice ? HandOffBesideAdviceAt : language == "es" ? HandOffInSpanishAt : HandOffAt;
        var tier = risk.Acute >= handOffAt || (found is { Tier: CrisisTier.Hard } && risk.Any >= StrictHandOffAt) ? CrisisTier.Hard : CrisisTier.Soft;
        if (tier == CrisisTier.Hard && found is not { Tier: CrisisTier.Hard } && risk.Acute < HandOffInOtherLanguageAt && OtherLanguageOf(text, tokens) is not null)
        {
            tier = CrisisTier.Soft;
        }

        if (found is null && tier == CrisisTier.Soft)
        {
            return risk.Any < OfferAt ? null : OfModel(tokens, tier, language, CrisisFinding.Distress, CrisisFinding.Distress);
        }

        var finding = found is null ? OfModel(tokens, tier, language, "danger", CrisisFinding.Information) : found with { Tier = tier };
        if (tier == CrisisTier.Soft && finding.Category == CrisisFinding.Information && risk.Any >= DistressFrom)
        {
            return finding with { Category = CrisisFinding.Distress, Handoff = CrisisFinding.Distress };
        }

        return tier == CrisisTier.Hard && !finding.NamesTheDanger && risk.Acute >= NameFrom && _risk.Name(judgement, text, judged) is { } named
            ? finding with { Category = named.Category, Handoff = named.Handoff, IsAboutSomeoneElse = named.IsAboutSomeoneElse }
            : finding;
    }

    private static CrisisFinding OfModel(IReadOnlyList<Token> tokens, CrisisTier tier, string language, string category, string handoff) =>
        new(ModelRuleId, category, tier, handoff, language, false, tokens[0].Start, tokens[^1].End - tokens[0].Start);

    /// <summary>Whether the message is an example of the rule, word for word, and little more.</summary>
    private bool IsAsWritten(CrisisFinding found, string key, int words)
    {
        var message = $" {key} ";
        return _examples.TryGetValue(found.RuleId, out var examples)
            && Array.Exists(examples, example => words <= example.AsSpan().Count(' ') - 1 + MostWordsBeside && message.Contains(example, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Token> WithoutPoliteness(IReadOnlyList<Token> tokens) =>
        tokens.Count > ShortestJudged && Politeness.Contains(tokens[^1].Text) ? [.. tokens.Take(tokens.Count - 1)] : tokens;
}

/// <summary>What the screen has to say about one message.</summary>
/// <param name="Danger">The gravest hard or soft finding, or null.</param>
/// <param name="Advice">A request for advice on the person's own use, or null.</param>
public sealed record ScreenResult(CrisisFinding? Danger, CrisisFinding? Advice);
