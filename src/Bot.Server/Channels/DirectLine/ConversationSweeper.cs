using Bot.Core.Conversations;
using Bot.Server.Operations;
using Microsoft.Bot.Builder;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Forgets conversations whose time is over, with the bot's state of them, and answers what a process that died has left unanswered.</summary>
public sealed partial class ConversationSweeper(IConversationLog log, IStorage storage, ConversationTurns turns, DirectLineAdapter adapter, IBot bot, TimeProvider timeProvider, ILogger<ConversationSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var forgotten = await log.ForgetAsync(cancellationToken);
        if (forgotten.Count > 0)
        {
            await storage.DeleteAsync([.. forgotten.Select(DirectLineAdapter.StateKeyOf)], cancellationToken);
        }
    }

    internal async Task AnswerWaitingAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await log.FindWaitingAsync(cancellationToken))
        {
            _ = turns.EnqueueAsync(id, token => adapter.AnswerAsync(id, bot.OnTurnAsync, token));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(EveryAsync(ForgetEvery, SweepAsync, stoppingToken), EveryAsync(LookEvery, AnswerWaitingAsync, stoppingToken));

    private Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> work, CancellationToken stoppingToken) =>
        Periodically.DoAsync(() => interval, work, exceptionType => Log.SweepFailed(logger, exceptionType), timeProvider, stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 4104, Level = LogLevel.Error, Message = "Looking after the conversations failed ({ExceptionType}); it is tried again.")]
        public static partial void SweepFailed(ILogger logger, string exceptionType);
    }
}
