namespace Bot.Core.Crisis;

/// <summary>What the screen found: which rule, how grave, and where in the text. The rule id is the explanation.</summary>
/// <param name="RuleId">The id of the rule in <c>dialogs/crisis/rules.yml</c>.</param>
/// <param name="Category">For example <c>overdose-now</c> or <c>suicide-ideation</c>.</param>
/// <param name="Tier">Hard: the reply is the handoff and nothing else. Soft: help is offered under the answer. Advice: the fixed refusal.</param>
/// <param name="Handoff">Which handoff text belongs to it.</param>
/// <param name="Language">"en", "es" or the code of an <see cref="OtherLanguage"/>: the language of the words that carried the finding.</param>
/// <param name="IsAboutSomeoneElse">True when the words are about another person, so the reply speaks to the helper.</param>
/// <param name="Start">First character of the span in the typed text.</param>
/// <param name="Length">Characters in the span.</param>
public sealed record CrisisFinding(
    string RuleId, string Category, CrisisTier Tier, string Handoff, string Language, bool IsAboutSomeoneElse, int Start, int Length)
{
    /// <summary>The category, and the handoff, of an alarming word that a question may have too.</summary>
    public const string Information = "information";

    /// <summary>The category, and the handoff, of trouble without danger.</summary>
    public const string Distress = "distress";

    /// <summary>False for a finding that tells that something is wrong, and not what.</summary>
    public bool NamesTheDanger => Category is not (Distress or "danger" or Information);
}

/// <summary>How grave a finding is.</summary>
public enum CrisisTier
{
    /// <summary>No danger in the words, but a request for advice on the person's own use: it gets the fixed text and no fact from the article.</summary>
    Advice,

    /// <summary>The question is answered, and help is offered under the answer.</summary>
    Soft,

    /// <summary>The reply is the handoff and nothing else.</summary>
    Hard,
}
