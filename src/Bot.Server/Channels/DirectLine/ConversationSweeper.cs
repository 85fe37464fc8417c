using Bot.Core.Conversations;
using Microsoft.Bot.Builder;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Forgets conversations whose time is over, and the bot's state of them.</summary>
public sealed partial class ConversationSweeper(MemoryConversationLog log, IStorage storage, TimeProvider timeProvider, ILogger<ConversationSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var forgotten = log.TakeForgotten();
        if (forgotten.Count > 0)
        {
            await storage.DeleteAsync([.. forgotten.Select(DirectLineAdapter.StateKeyOf)], cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4104, Level = LogLevel.Error, Message = "Forgetting old conversations failed; it is tried again in a minute.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
