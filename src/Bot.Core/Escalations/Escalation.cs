namespace Bot.Core.Escalations;

/// <summary>A duty: somebody asked to be called and agreed to how, and staff must be told, for certain.</summary>
public sealed record Escalation
{
    /// <summary>A version-7 GUID: in the order in which people asked.</summary>
    public required Guid Id { get; init; }

    /// <summary>The message that made it. The same message makes one, however often it is delivered.</summary>
    public required string RequestKey { get; init; }

    /// <summary>The conversation, and in a group the person in it.</summary>
    public required string ConversationKey { get; init; }

    /// <summary>"en" or "es": what the person speaks.</summary>
    public required string Language { get; init; }

    public required CallbackRequest Request { get; init; }

    /// <summary>How the person is told what became of it: the channel's conversation reference as JSON.</summary>
    public required string Reference { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public EscalationState State { get; init; }

    /// <summary>The name of the person on the staff who took it; null while nobody has.</summary>
    public string? TakenBy { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>True when the person had it erased.</summary>
    public bool IsErased => Request.Number.Length == 0;

    /// <summary>The same without anything that says who asked, or how to reach them.</summary>
    public Escalation Erased() => this with { ConversationKey = string.Empty, Reference = string.Empty, Request = Request with { Number = string.Empty, FirstName = null } };
}

/// <summary>What a person asked for, and all that staff are told of them.</summary>
/// <param name="Number">The number to call, in the international form (E.164).</param>
/// <param name="From">When they want to be called: not before.</param>
/// <param name="Until">When they want to be called: not after.</param>
/// <param name="FirstName">How they want to be called by name, or null.</param>
/// <param name="TimeZone">Their IANA time zone where their device told it, or null: on whose clock they are told the time.</param>
public sealed record CallbackRequest(string Number, DateTimeOffset From, DateTimeOffset Until, string? FirstName, string? TimeZone = null);

/// <summary>How far an escalation is.</summary>
public enum EscalationState
{
    /// <summary>Nobody has taken it.</summary>
    Open,

    /// <summary>Somebody on the staff has said that they will call.</summary>
    Taken,

    /// <summary>The person was spoken to.</summary>
    Reached,

    /// <summary>Somebody called and nobody answered; it may be tried again.</summary>
    NotReached,

    /// <summary>Staff ended it.</summary>
    Closed,

    /// <summary>The person took it back.</summary>
    Cancelled,
}

public static class EscalationStates
{
    /// <summary>From which states this one may be entered. What staff do late, or twice, changes nothing.</summary>
    public static IReadOnlyList<EscalationState> Before(this EscalationState to) => to switch
    {
        EscalationState.Taken => [EscalationState.Open],
        EscalationState.Reached or EscalationState.NotReached => [EscalationState.Taken, EscalationState.NotReached],
        EscalationState.Closed => [EscalationState.Open, EscalationState.Taken, EscalationState.NotReached],
        EscalationState.Cancelled => [EscalationState.Open, EscalationState.Taken, EscalationState.NotReached],
        _ => [],
    };

    /// <summary>True when nothing more is to be done.</summary>
    public static bool IsOver(this EscalationState state) => state is EscalationState.Reached or EscalationState.Closed or EscalationState.Cancelled;

    /// <summary>The state as it stands in the database, in a webhook and on the command line.</summary>
    public static string ToWire(this EscalationState state) => state switch
    {
        EscalationState.Open => "open",
        EscalationState.Taken => "taken",
        EscalationState.Reached => "reached",
        EscalationState.NotReached => "not-reached",
        EscalationState.Closed => "closed",
        EscalationState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static EscalationState? FromWire(string? text) =>
        Enum.GetValues<EscalationState>().Cast<EscalationState?>().FirstOrDefault(state => state!.Value.ToWire() == text);
}
