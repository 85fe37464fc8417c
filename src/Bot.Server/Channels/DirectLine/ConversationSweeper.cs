using Bot.Core.Conversations;
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

    private async Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, timeProvider);
        var isFailing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default))
        {
            try
            {
                await work(stoppingToken);
                isFailing = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Once for each time it begins to fail: a database that is down for an hour is one event.
                if (!isFailing)
                {
                    var exceptionType = exception.GetType().Name;
                    Log.SweepFailed(logger, exceptionType);
                }

                isFailing = true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4104, Level = LogLevel.Error, Message = "Looking after the conversations failed ({ExceptionType}); it is tried again.")]
        public static partial void SweepFailed(ILogger logger, string exceptionType);
    }
}
