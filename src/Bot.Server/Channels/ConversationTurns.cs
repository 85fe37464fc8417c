namespace Bot.Server.Channels;

/// <summary>Runs the turns of one conversation one at a time and in order, those of different conversations side by side.</summary>
public sealed partial class ConversationTurns(IHostApplicationLifetime lifetime, ILogger<ConversationTurns> logger) : IHostedService
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>Runs the turn after those of the conversation that were enqueued before it. The task ends with the turn, and never fails.</summary>
    public Task EnqueueAsync(string conversationId, Func<CancellationToken, Task> turn)
    {
        lock (_lock)
        {
            var before = _last.GetValueOrDefault(conversationId, Task.CompletedTask);
            var task = Task.Run(() => RunAsync(before, turn), CancellationToken.None);
            _last[conversationId] = task;
            _ = task.ContinueWith(
                done =>
                {
                    lock (_lock)
                    {
                        if (_last.TryGetValue(conversationId, out var last) && last == done)
                        {
                            _last.Remove(conversationId);
                        }
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return task;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the turns that run: nobody's last message is lost to a restart.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] running;
        lock (_lock)
        {
            running = [.. _last.Values];
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedEarly(logger, running.Count(task => !task.IsCompleted));
        }
    }

    private async Task RunAsync(Task before, Func<CancellationToken, Task> turn)
    {
        await before;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopped);
        limit.CancelAfter(LongestTurn);
        try
        {
            await turn(limit.Token);
        }
        catch (Exception exception)
        {
            // The adapter has already apologised; what reaches here could not even be told to the person.
            Log.TurnFailed(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message = "A turn failed and nothing could be sent ({ExceptionType}).")]
        public static partial void TurnFailed(ILogger logger, string exceptionType);

        [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "Stopped with {Turns} turns still running.")]
        public static partial void StoppedEarly(ILogger logger, int turns);
    }
}
