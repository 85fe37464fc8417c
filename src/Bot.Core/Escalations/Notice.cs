namespace Bot.Core.Escalations;

/// <summary>One thing that somebody must be told because of an escalation. Stored with what makes it necessary, and kept until it is done.</summary>
/// <param name="Id">The same at every try: receivers know by it what they have already got.</param>
/// <param name="EscalationId">The escalation.</param>
/// <param name="Kind">What is to be told.</param>
/// <param name="Target">Whom: the name of a target, or empty for the person.</param>
/// <param name="Wait">How long from when it is stored until it is due. No clock time: those of two machines may differ.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record Notice(Guid Id, Guid EscalationId, NoticeKind Kind, string Target, TimeSpan Wait, int Attempts = 0);

public enum NoticeKind
{
    /// <summary>A new request, to a target.</summary>
    Request,

    /// <summary>Nobody has taken it yet, to a target that was told before.</summary>
    Reminder,

    /// <summary>It has changed, to a target that was told before.</summary>
    Change,

    /// <summary>Somebody will call, to the person.</summary>
    TellTaken,

    /// <summary>Somebody called and did not reach them, to the person.</summary>
    TellNotReached,

    /// <summary>Staff ended it without a call, to the person.</summary>
    TellClosed,

    /// <summary>Staff could not be told, to the person.</summary>
    TellFailed,
}

/// <summary>A notice that this process has claimed, with what it is about.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Escalation">The escalation as it is now.</param>
/// <param name="Receipt">What the target gave back when it was told of the request; null when it was not.</param>
public sealed record DueNotice(Notice Notice, Escalation Escalation, string? Receipt);
