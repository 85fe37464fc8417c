namespace Bot.Core.Conversations;

/// <summary>
/// The activities of the conversations that a channel of our own keeps, in order, and which of them are still to be answered. Positions count from
/// 1 without gaps. One process or many may work on the same log.
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
    /// <param name="conversationId">The conversation.</param>
    /// <param name="clientActivityId">The client's own id, or null.</param>
    /// <param name="needsAnswer">True for what a person said: it then waits for <see cref="TakeAsync"/>.</param>
    /// <param name="activityAt">Makes the activity's JSON for its position.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<LogAppend?> AppendAsync(string conversationId, string? clientActivityId, bool needsAnswer, Func<long, string> activityAt, CancellationToken cancellationToken);

    /// <summary>
    /// Claims the conversation for this process and gives its oldest activity that nobody has answered. The claim ends with
    /// <see cref="CompleteAsync"/>, or after a short while, when the process must have died.
    /// </summary>
    Task<LogTake> TakeAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Adds the replies, writes what is remembered, marks the activity answered and ends the claim: all or nothing. False when the claim was lost.</summary>
    Task<bool> CompleteAsync(string conversationId, LogEntry answered, TurnUnit unit, CancellationToken cancellationToken);

    /// <summary>Conversations in which something waits that no process has claimed.</summary>
    Task<IReadOnlyList<string>> FindWaitingAsync(CancellationToken cancellationToken);

    /// <summary>What came after the position, in order; null when the conversation is not kept (any more).</summary>
    Task<IReadOnlyList<LogEntry>?> ReadAfterAsync(string conversationId, long position, CancellationToken cancellationToken);

    /// <summary>Forgets the conversation at once. False when it is not kept (any more).</summary>
    Task<bool> DeleteAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Forgets what has had no activity for the time it is kept; the ids of what was forgotten since the last call.</summary>
    Task<IReadOnlyList<string>> ForgetAsync(CancellationToken cancellationToken);

    /// <summary>Ends when something was added after the position, the conversation is gone, or the time is up.</summary>
    Task WaitAsync(string conversationId, long position, TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>One activity of a conversation, as the JSON that went over the wire.</summary>
public sealed record LogEntry(long Position, string ActivityJson);

/// <summary>Where an activity was put.</summary>
public sealed record LogAppend(long Position, bool IsNew);

/// <summary>What <see cref="IConversationLog.TakeAsync"/> found.</summary>
/// <param name="Entry">What to answer; null when there is nothing, or another process is at it.</param>
/// <param name="IsBusy">True when another process is at it.</param>
/// <param name="Attempts">How often it was taken before: what kills a process is not tried for ever.</param>
public sealed record LogTake(LogEntry? Entry, bool IsBusy, int Attempts = 0);
