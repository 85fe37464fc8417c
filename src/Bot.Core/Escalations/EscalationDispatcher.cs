using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bot.Core.Escalations;

/// <summary>Tells staff and people what they must be told. Any number of these may work on one store: each notice is claimed before it is sent.</summary>
public sealed partial class EscalationDispatcher(
    IEscalationStore store, EscalationIntake intake, IReadOnlyList<IEscalationNotifier> notifiers, IPersonNotifier person, IOptions<EscalationOptions> options, EscalationMeter meter, ILogger<EscalationDispatcher> logger)
{
    private const int MostAtOnce = 64;

    /// <summary>Shorter than the claim: whoever is still at it when the claim ends would be told twice.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, IEscalationNotifier> _notifiers = notifiers.ToDictionary(notifier => notifier.Target, StringComparer.Ordinal);
    private int _running;

    /// <summary>Claims what is due and tells it, side by side: what is slow holds up nothing else. Ends when all of it has been tried.</summary>
    public async Task DispatchDueAsync(CancellationToken cancellationToken) => await Task.WhenAll(await BeginAsync(cancellationToken));

    /// <summary>Claims what is due and begins to tell it. None of the tasks fails.</summary>
    public async Task<IReadOnlyList<Task>> BeginAsync(CancellationToken cancellationToken)
    {
        var free = MostAtOnce - Volatile.Read(ref _running);
        return free <= 0 ? [] : [.. (await store.ClaimDueAsync(free, Lease, cancellationToken)).Select(notice => TellAsync(notice, cancellationToken))];
    }

    /// <summary>Deletes what is over, or was never ended, when its time has come.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var unfinished = await store.ForgetAsync(TimeSpan.FromDays(options.Value.KeepDays), TimeSpan.FromDays(options.Value.KeepUnfinishedDays), cancellationToken);
        if (unfinished > 0)
        {
            Log.DeletedUnfinished(logger, unfinished, options.Value.KeepUnfinishedDays);
        }
    }

    /// <summary>What waits, for meters and health.</summary>
    public async Task<EscalationBacklog> ReadBacklogAsync(CancellationToken cancellationToken)
    {
        var backlog = await store.ReadBacklogAsync(cancellationToken);
        meter.Show(backlog);
        return backlog;
    }

    private async Task TellAsync(DueNotice due, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        var notice = due.Notice;
        try
        {
            if (!IsNeeded(due))
            {
                // A request that was tried may have arrived all the same: changes are told to that target.
                await store.CompleteAsync(notice.Id, notice is { Kind: NoticeKind.Request, Attempts: > 0 } ? string.Empty : null, cancellationToken);
                return;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(LongestTry);
            var receipt = await SendAsync(due, patience.Token);
            await store.CompleteAsync(notice.Id, receipt, cancellationToken);
            meter.CountNotice(notice, "told");
            Log.Told(logger, notice.Kind, notice.Target, due.Escalation.Id);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await PostponeAsync(due, exception, cancellationToken);
        }
        catch (Exception)
        {
            // Stopped: the claim runs out, and the next process goes on.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>What was overtaken by events is not told: a reminder of what somebody has taken, or of what never arrived, a change to whom nothing was told.</summary>
    private static bool IsNeeded(DueNotice due) => due.Notice.Kind switch
    {
        NoticeKind.Request or NoticeKind.TellFailed => due.Escalation.State == EscalationState.Open,
        NoticeKind.Reminder => due.Escalation.State == EscalationState.Open && due.Receipt is not null,
        NoticeKind.Change => due.Receipt is not null,
        _ => true,
    };

    private async Task<string?> SendAsync(DueNotice due, CancellationToken cancellationToken)
    {
        if (due.Notice.Target.Length == 0)
        {
            await person.TellAsync(due, cancellationToken);
            return null;
        }

        if (!_notifiers.TryGetValue(due.Notice.Target, out var notifier))
        {
            throw new InvalidOperationException($"There is no target '{due.Notice.Target}' in the settings any more.");
        }

        var receipt = await notifier.NotifyAsync(due, cancellationToken);
        if (due.Notice.Kind != NoticeKind.Request)
        {
            return null;
        }

        // Somebody else may have taken it while it was on its way here.
        receipt ??= string.Empty;
        if (await store.FindAsync(due.Escalation.Id, cancellationToken) is { } now && now.State != due.Escalation.State)
        {
            await notifier.NotifyAsync(new DueNotice(due.Notice with { Kind = NoticeKind.Change }, now, receipt), cancellationToken);
        }

        return receipt;
    }

    private async Task PostponeAsync(DueNotice due, Exception exception, CancellationToken cancellationToken)
    {
        var notice = due.Notice;
        var attempts = notice.Attempts + 1;
        var isFailing = attempts >= options.Value.AlertAfterAttempts;
        var exceptionType = exception.GetType().Name;
        meter.CountNotice(notice, isFailing ? "failing" : "retried");
        try
        {
            if (isFailing && notice.Kind is not NoticeKind.Request)
            {
                // No duty: the request itself arrived, and the person has the numbers.
                Log.GivenUp(logger, notice.Kind, notice.Target, notice.EscalationId, attempts, exceptionType);
                await store.CompleteAsync(notice.Id, null, cancellationToken);
                return;
            }

            if (isFailing)
            {
                Log.Undeliverable(logger, notice.EscalationId, notice.Target, attempts, exceptionType);
            }
            else
            {
                Log.Failed(logger, notice.Kind, notice.Target, notice.EscalationId, attempts, exceptionType);
            }

            await store.PostponeAsync(notice.Id, RetrySchedule.After(attempts, Random.Shared.NextDouble()), isFailing, isFailing ? intake.NoticesAfterFailure(notice) : [], cancellationToken);
        }
        catch (Exception second) when (!cancellationToken.IsCancellationRequested)
        {
            // Not marked: the claim runs out, and any replica tries again.
            var secondType = second.GetType().Name;
            Log.NotMarked(logger, notice.EscalationId, secondType);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "{Kind} told to '{Target}' for escalation {EscalationId}.")]
        public static partial void Told(ILogger logger, NoticeKind kind, string target, Guid escalationId);

        [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "{Kind} could not be told to '{Target}' for escalation {EscalationId}, try {Attempts} ({ExceptionType}). It is tried again.")]
        public static partial void Failed(ILogger logger, NoticeKind kind, string target, Guid escalationId, int attempts, string exceptionType);

        [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "Escalation {EscalationId} cannot be delivered to '{Target}' after {Attempts} tries ({ExceptionType}): the next target is told, or the person. Read it with '-- escalations show {EscalationId}' and call.")]
        public static partial void Undeliverable(ILogger logger, Guid escalationId, string target, int attempts, string exceptionType);

        [LoggerMessage(EventId = 3104, Level = LogLevel.Warning, Message = "{Kind} to '{Target}' for escalation {EscalationId} was given up after {Attempts} tries ({ExceptionType}).")]
        public static partial void GivenUp(ILogger logger, NoticeKind kind, string target, Guid escalationId, int attempts, string exceptionType);

        [LoggerMessage(EventId = 3105, Level = LogLevel.Error, Message = "What was told for escalation {EscalationId} could not be marked ({ExceptionType}); it may be told again under the same id.")]
        public static partial void NotMarked(ILogger logger, Guid escalationId, string exceptionType);

        [LoggerMessage(EventId = 3106, Level = LogLevel.Error, Message = "{Count} requests to be called were deleted after {Days} days, and nobody had ended them.")]
        public static partial void DeletedUnfinished(ILogger logger, int count, int days);
    }
}
