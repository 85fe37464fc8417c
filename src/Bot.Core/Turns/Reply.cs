using Bot.Core.Crisis;
using Bot.Core.Escalations;
using Bot.Core.Knowledge;
using Bot.Core.Matching;

namespace Bot.Core.Turns;

/// <summary>Everything the bot can decide to say. Channels render it; they never decide.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>"en" or "es".</summary>
    public required string Language { get; init; }

    /// <summary>The language of the first paragraph, when it is not the reply's; or null. Screen readers need to know.</summary>
    public string? LeadLanguage { get; init; }

    /// <summary>The text, in the markdown that channels share.</summary>
    public required string Text { get; init; }

    /// <summary>Help offered under the text after a soft finding, or null.</summary>
    public string? Offer { get; init; }

    /// <summary>True after a hard finding in the conversation: channels that can, keep help in sight.</summary>
    public bool IsHelpPinned { get; init; }

    /// <summary>The line of numbers under a reply that has none of its own, while help is pinned; or null.</summary>
    public string? PinnedHelp { get; init; }

    /// <summary>A line under the text on what the reply leaves out, or null.</summary>
    public string? Note { get; init; }

    /// <summary>What stands under the text, in its order.</summary>
    public IEnumerable<string> Additions => new[] { Note, Offer, PinnedHelp }.OfType<string>();

    /// <summary>The answers to the other questions in the same message; channels say them first, each by itself.</summary>
    public IReadOnlyList<Answered> Before { get; init; } = [];

    public IReadOnlyList<ReplyButton> Buttons { get; init; } = [];

    /// <summary>The finding behind the handoff or the offer, or null.</summary>
    public CrisisFinding? Finding { get; init; }

    /// <summary>One word for logs, meters and the command line.</summary>
    public string Outcome => this switch
    {
        Handoff => "handoff",
        Answered { Answer.Kind: AnswerKind.Route } => "beyond",
        Answered when Offer is not null => "soft",
        Answered => "answered",
        Suggestions => "suggested",
        NoAnswer => "no-answer",
        Heard => "heard",
        OtherLanguage => "other-language",
        Advice => "advice",
        Greeting => "greeting",
        Capabilities => "capabilities",
        SafetyCheck => "safety-check",
        SafetyOutcome => "safety-outcome",
        NoWords => "no-words",
        Callback => "callback",
        _ => throw new InvalidOperationException($"{GetType().Name} has no outcome."),
    };

    /// <summary>The person is sent to a phone number, now, and to nothing else.</summary>
    public sealed record Handoff(IReadOnlyList<HelpAction> Actions) : Reply;

    /// <summary>A curated answer, or a route to who can help with what the source does not cover.</summary>
    public sealed record Answered(Answer Answer, Confidence Confidence, Citation? Citation) : Reply
    {
        /// <summary>The language of all paragraphs but the first, when it is not the reply's; or null. Screen readers need to know.</summary>
        public string? BodyLanguage { get; init; }
    }

    public sealed record Suggestions(IReadOnlyList<AnswerMatch> Matches) : Reply;

    public sealed record NoAnswer(AnswerMatch? Closest) : Reply;

    /// <summary>Nothing answers the message, and there may be distress in it: the person is met, and sent to people. It holds its own numbers.</summary>
    public sealed record Heard(AnswerMatch? Closest) : Reply;

    /// <summary>The message is in a language that the bot does not read. It holds its own numbers.</summary>
    public sealed record OtherLanguage : Reply;

    public sealed record Greeting : Reply;

    /// <summary>The fixed refusal to advise on the person's own use. It holds no fact from the article.</summary>
    public sealed record Advice : Reply;

    /// <summary>What the bot can answer: where "None of these" leads.</summary>
    public sealed record Capabilities : Reply;

    /// <summary>The one later question whether the person is safe.</summary>
    public sealed record SafetyCheck : Reply;

    public sealed record SafetyOutcome(SafetyChoice Choice) : Reply;

    /// <summary>A step on the way to a call, or what there is to say of one.</summary>
    public sealed record Callback : Reply
    {
        /// <summary>What is to be done before this is said: only its outcome decides what is said. Null when nothing is.</summary>
        public CallbackAct? Act { get; init; }
    }

    /// <summary>There was no word in the message.</summary>
    public sealed record NoWords : Reply;
}

/// <summary>What a person wants done about a call.</summary>
/// <param name="Kind">What.</param>
/// <param name="Request">The call to note; null for everything else.</param>
public sealed record CallbackAct(CallbackActKind Kind, CallbackRequest? Request = null);

public enum CallbackActKind
{
    Record,
    Cancel,
    Show,
    Delete,
}
