namespace Bot.Core.Conversations;

/// <summary>
/// The activities of the conversations that a channel of our own keeps, in order. Positions count from 1 without gaps.
/// </summary>
public interface IConversationLog
{
    /// <summary>Begins a conversation. False when it exists already.</summary>
    Task<bool> CreateAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>True while the conversation is kept.</summary>
    Task<bool> ExistsAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>
    /// Adds an activity, made for its position, and gives its position; null when the conversation is not kept (any more).
    /// A client id seen before in the conversation adds nothing and gives the first one's position with <c>IsNew</c> false.
    /// </summary>
    Task<LogAppend?> AppendAsync(string conversationId, string? clientActivityId, Func<long, string> activityAt, CancellationToken cancellationToken);

    /// <summary>What came after the position, in order; null when the conversation is not kept (any more).</summary>
    Task<IReadOnlyList<LogEntry>?> ReadAfterAsync(string conversationId, long position, CancellationToken cancellationToken);

    /// <summary>Forgets the conversation at once. False when it is not kept (any more).</summary>
    Task<bool> DeleteAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Ends when something was added after the position, the conversation is gone, or the time is up.</summary>
    Task WaitAsync(string conversationId, long position, TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>One activity of a conversation, as the JSON that went over the wire.</summary>
public sealed record LogEntry(long Position, string ActivityJson);

/// <summary>Where an activity was put.</summary>
public sealed record LogAppend(long Position, bool IsNew);
