namespace Bot.Core.Conversations;

/// <summary>
/// What is remembered of a conversation between two turns: of what was typed only the last few messages, for the crisis screen.
/// A class with plain setters, since both flavours of the Bot Framework store it as JSON.
/// </summary>
public sealed class ConversationMemory
{
    /// <summary>The answer given last, on which "why?" builds.</summary>
    public string? PreviousAnswerId { get; set; }

    /// <summary>True after a hard finding, until the end of the conversation: help stays shown.</summary>
    public bool IsHelpPinned { get; set; }

    /// <summary>True after a hard finding, until a button of the safety check is pressed: soft findings count as hard.</summary>
    public bool IsRaised { get; set; }

    /// <summary>True when the one later safety check has not been made yet.</summary>
    public bool IsSafetyCheckDue { get; set; }

    /// <summary>The last messages, the latest last: one may name the means and the next the intent. Kept as long as the conversation, and no longer.</summary>
    public IList<string> RecentTexts { get; set; } = [];

    /// <summary>The call that the person is asking for, while they are; or null.</summary>
    public CallbackDraft? Callback { get; set; }

    /// <summary>How often help was handed out, so that it is worded differently the next time.</summary>
    public int HandoffCount { get; set; }
}
