using Bot.Core.Escalations;

namespace Bot.Server.Channels.Staff;

/// <summary>For development: the log says that somebody waits, and nothing of who. <c>-- escalations show ID</c> says the rest.</summary>
public sealed partial class LogNotifier(EscalationTarget target, ILogger<LogNotifier> logger) : IEscalationNotifier
{
    public string Target => target.Name;

    public Task<string?> NotifyAsync(DueNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Log.Noticed(logger, notice.Notice.Kind, notice.Escalation.Id, notice.Escalation.State);
        return Task.FromResult<string?>(string.Empty);
    }

    public Task TestAsync(bool isSeen, CancellationToken cancellationToken)
    {
        Log.Tested(logger, target.Name);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "{Kind}: escalation {EscalationId} is {State}. Nobody is told but this log.")]
        public static partial void Noticed(ILogger logger, NoticeKind kind, Guid escalationId, EscalationState state);

        [LoggerMessage(EventId = 3302, Level = LogLevel.Information, Message = "The escalation target '{Target}' is this log.")]
        public static partial void Tested(ILogger logger, string target);
    }
}
