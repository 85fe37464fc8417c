using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Reviews;

namespace Bot.Core.Turns;

/// <summary>All content as one immutable snapshot: a turn keeps the one it began with.</summary>
public sealed record BotContent(
    KnowledgeBase KnowledgeBase,
    CrisisScreen CrisisScreen,
    HelplineDirectory Helplines,
    IReadOnlyDictionary<string, HandoffTexts> Handoffs,
    IReadOnlyDictionary<string, ReplyTexts> Replies)
{
    /// <summary>Who signed which text.</summary>
    public ReviewBook Reviews { get; init; } = ReviewBook.Empty;

    /// <summary>True to give only the article's section instead of an answer whose review has expired or whose source has changed.</summary>
    public bool IsSectionOnlyWhenOverdue { get; init; }

    public string Version => KnowledgeBase.Version;

    public ReplyTexts RepliesIn(string language) => Replies.TryGetValue(language, out var texts) ? texts : Replies["en"];

    public HandoffTexts HandoffsIn(string language) => Handoffs.TryGetValue(language, out var texts) ? texts : Handoffs["en"];
}

/// <summary>Where the turn takes its content from.</summary>
public interface IBotContentSource
{
    BotContent Current { get; }
}
