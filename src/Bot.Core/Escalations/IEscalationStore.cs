namespace Bot.Core.Escalations;

/// <summary>Escalations and the notices they need. One process or many may work on the same store.</summary>
public interface IEscalationStore
{
    /// <summary>True when a turn of a channel of our own writes escalations together with its replies (<c>TurnUnit.Also</c>).</summary>
    bool IsWrittenWithTurns { get; }

    /// <summary>Adds the escalation with its notices, or nothing when the same message has made one already.</summary>
    Task AddAsync(NewEscalation escalation, CancellationToken cancellationToken);

    Task<Escalation?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>What the person asked for in this conversation, the newest first.</summary>
    Task<IReadOnlyList<Escalation>> FindOfConversationAsync(string conversationKey, CancellationToken cancellationToken);

    /// <summary>Those that are not over, the oldest first.</summary>
    Task<IReadOnlyList<Escalation>> FindUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>How often the number was asked to be called in that time until now.</summary>
    Task<int> CountOfNumberAsync(string number, TimeSpan within, CancellationToken cancellationToken);

    /// <summary>
    /// Enters the state if the present one allows it, with the notices of that, all or nothing. Of several who try at once one wins.
    /// Null when there is no such escalation (any more).
    /// </summary>
    Task<EscalationChange?> ChangeAsync(Guid id, EscalationState state, string? by, IReadOnlyList<Notice> notices, CancellationToken cancellationToken);

    /// <summary>
    /// Erases everything that says who asked in this conversation, and how to reach them. What is left is that there was a request, so that staff
    /// who were told of it are told that it is gone.
    /// </summary>
    Task EraseOfConversationAsync(string conversationKey, CancellationToken cancellationToken);

    /// <summary>Claims notices that are due, for so long. Whoever has not marked one done by then is dead, and another claims it.</summary>
    Task<IReadOnlyList<DueNotice>> ClaimDueAsync(int most, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Marks the notice done.</summary>
    /// <param name="noticeId">The notice.</param>
    /// <param name="receipt">What the target gave back, by which it can be told of changes; or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task CompleteAsync(Guid noticeId, string? receipt, CancellationToken cancellationToken);

    /// <summary>Puts the notice off after a try that failed, and adds the notices that its failure makes necessary; one that waits already becomes due as early as the one given.</summary>
    Task PostponeAsync(Guid noticeId, TimeSpan wait, bool isFailing, IReadOnlyList<Notice> notices, CancellationToken cancellationToken);

    Task<EscalationBacklog> ReadBacklogAsync(CancellationToken cancellationToken);

    /// <summary>Deletes escalations that have been over for so long, and those that were never ended and are older than the second time; the number of the latter.</summary>
    Task<int> ForgetAsync(TimeSpan afterOver, TimeSpan unfinished, CancellationToken cancellationToken);
}

/// <summary>An escalation as it is stored first.</summary>
/// <param name="Escalation">The escalation.</param>
/// <param name="Notices">Who must be told of it, and when.</param>
public sealed record NewEscalation(Escalation Escalation, IReadOnlyList<Notice> Notices);

/// <summary>What came of trying to change an escalation.</summary>
/// <param name="Escalation">As it is now.</param>
/// <param name="IsChanged">False when somebody was faster, or the state does not allow it.</param>
public sealed record EscalationChange(Escalation Escalation, bool IsChanged);

/// <summary>What staff have not been told, or have not taken.</summary>
/// <param name="Undelivered">Notices that are due.</param>
/// <param name="Failing">Those of them that were tried too often.</param>
/// <param name="OldestUndelivered">How long ago the oldest became necessary; null when there is none.</param>
/// <param name="Open">Escalations nobody has taken.</param>
/// <param name="OldestOpen">How long the oldest has waited; null when there is none.</param>
public sealed record EscalationBacklog(int Undelivered, int Failing, TimeSpan? OldestUndelivered, int Open, TimeSpan? OldestOpen);
