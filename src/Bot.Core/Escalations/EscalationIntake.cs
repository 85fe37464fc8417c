using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Bot.Core.Escalations;

/// <summary>Makes escalations of what people asked for, and of what becomes of them the notices that are needed.</summary>
public sealed class EscalationIntake(IEscalationStore store, IOptions<EscalationOptions> options, EscalationMeter meter, TimeProvider timeProvider)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>What is to be stored, or why not. Storing it is the caller's, who may do so together with the turn.</summary>
    public async Task<IntakeDecision> DecideAsync(string conversationKey, string requestKey, string language, CallbackRequest request, string reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var earlier = await store.FindOfConversationAsync(conversationKey, cancellationToken);
        if (earlier.FirstOrDefault(escalation => !escalation.State.IsOver()) is { } open)
        {
            return open.RequestKey == requestKey ? new IntakeDecision(IntakeOutcome.Recorded, null, open) : new IntakeDecision(IntakeOutcome.AlreadyAsked, null, open);
        }

        var now = timeProvider.GetUtcNow();
        if (await store.CountOfNumberAsync(request.Number, Day, cancellationToken) >= options.Value.MostPerNumberAndDay)
        {
            return new IntakeDecision(IntakeOutcome.TooOften, null, null);
        }

        var escalation = new Escalation
        {
            Id = Guid.CreateVersion7(now),
            RequestKey = requestKey,
            ConversationKey = conversationKey,
            Language = language,
            Request = request,
            Reference = reference,
            CreatedAt = now,
            ChangedAt = now,
        };
        return new IntakeDecision(IntakeOutcome.Recorded, new NewEscalation(escalation, NoticesOf(escalation)), escalation);
    }

    /// <summary>Staff, or the person, say what became of it. One of several who say it at once is heard.</summary>
    /// <param name="id">The escalation.</param>
    /// <param name="to">What became of it.</param>
    /// <param name="by">The name of whoever says so; null for the person.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<EscalationChange?> ChangeAsync(Guid id, EscalationState to, string? by, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var notices = options.Value.Targets.Select(target => NoticeOf(id, NoticeKind.Change, target.Name, TimeSpan.Zero, to.ToWire())).ToList();
        NoticeKind? told = to switch
        {
            EscalationState.Taken => NoticeKind.TellTaken,
            EscalationState.NotReached => NoticeKind.TellNotReached,
            EscalationState.Closed => NoticeKind.TellClosed,
            _ => null,
        };
        if (told is { } kind)
        {
            notices.Add(NoticeOf(id, kind, string.Empty, TimeSpan.Zero, now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var change = await store.ChangeAsync(id, to, by, notices, cancellationToken);
        if (change is { IsChanged: true })
        {
            meter.CountChange(to);
        }

        return change;
    }

    /// <summary>The notices that become necessary when one has been tried too often: the next target, or, when there is none, the person.</summary>
    internal IReadOnlyList<Notice> NoticesAfterFailure(Notice failed)
    {
        if (failed.Kind != NoticeKind.Request)
        {
            return [];
        }

        var targets = options.Value.Targets;
        var next = Array.FindIndex(targets, target => target.Name == failed.Target) + 1;
        return next < targets.Length
            ? [NoticeOf(failed.EscalationId, NoticeKind.Request, targets[next].Name, TimeSpan.Zero)]
            : [NoticeOf(failed.EscalationId, NoticeKind.TellFailed, string.Empty, TimeSpan.Zero)];
    }

    /// <summary>The first target at once; when nobody takes it, a reminder, and then the next target, counted from when the person wants the call.</summary>
    private List<Notice> NoticesOf(Escalation escalation)
    {
        var notices = new List<Notice>();
        var patience = TimeSpan.FromMinutes(options.Value.UnclaimedMinutes);
        var wanted = escalation.Request.From > escalation.CreatedAt ? escalation.Request.From - escalation.CreatedAt : TimeSpan.Zero;
        foreach (var (target, index) in options.Value.Targets.Select((target, index) => (target, index)))
        {
            var due = index == 0 ? TimeSpan.Zero : wanted + (patience * (index + 1));
            notices.Add(NoticeOf(escalation.Id, NoticeKind.Request, target.Name, due));
            notices.Add(NoticeOf(escalation.Id, NoticeKind.Reminder, target.Name, (index == 0 ? wanted : due) + patience));
        }

        return notices;
    }

    /// <summary>The id says what the notice is, so that the same one is never there twice.</summary>
    private static Notice NoticeOf(Guid escalationId, NoticeKind kind, string target, TimeSpan wait, string? more = null)
    {
        const int GuidBytes = 16;
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{escalationId:n}\n{kind}\n{target}\n{more}")).AsSpan(0, GuidBytes));
        return new Notice(id, escalationId, kind, target, wait);
    }
}

/// <summary>What came of asking to be called.</summary>
/// <param name="Outcome">Whether it is, or will be, recorded.</param>
/// <param name="New">What the caller must store; null when there is nothing.</param>
/// <param name="Escalation">What there is or will be; null when there is nothing.</param>
public sealed record IntakeDecision(IntakeOutcome Outcome, NewEscalation? New, Escalation? Escalation);

public enum IntakeOutcome
{
    Recorded,

    /// <summary>Something this person asked for before is not over.</summary>
    AlreadyAsked,

    /// <summary>The number was given too often in a day.</summary>
    TooOften,
}
