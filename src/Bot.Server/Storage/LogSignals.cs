using System.Data.Common;
using Dapper;
using Npgsql;

namespace Bot.Server.Storage;

/// <summary>
/// Wakes those who wait for a conversation: in this process at once, in others by PostgreSQL's NOTIFY. While that line is down, and against a
/// signal that went by, whoever waits looks for itself every now and then.
/// </summary>
public sealed partial class LogSignals(Database database, TimeProvider timeProvider, ILogger<LogSignals> logger) : BackgroundService
{
    private const string Channel = "bot_log";

    private static readonly TimeSpan LookWithout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly Dictionary<string, Interest> _interests = new(StringComparer.Ordinal);
    private volatile bool _isListening;

    /// <summary>Tells the other processes when the transaction is committed.</summary>
    internal async Task NotifyAsync(DbConnection connection, DbTransaction transaction, string conversationId)
    {
        if (database.IsPostgreSql)
        {
            await connection.ExecuteAsync("SELECT pg_notify(@Channel, @conversationId)", new { Channel, conversationId }, transaction);
        }
    }

    /// <summary>Wakes those in this process who wait for the conversation.</summary>
    internal void Wake(string conversationId)
    {
        lock (_interests)
        {
            _interests.GetValueOrDefault(conversationId)?.Wake();
        }
    }

    /// <summary>From now on signals for the conversation are not missed, until it is disposed of.</summary>
    internal Interest Watch(string conversationId)
    {
        lock (_interests)
        {
            if (!_interests.TryGetValue(conversationId, out var interest))
            {
                _interests[conversationId] = interest = new Interest(this, conversationId);
            }

            interest.Watchers++;
            return interest;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsPostgreSql)
        {
            _isListening = true;
            return;
        }

        for (var failures = 0; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await using var connection = (NpgsqlConnection)await database.OpenAsync(stoppingToken);
                connection.Notification += (_, notification) => Wake(notification.Payload);
                await connection.ExecuteAsync("LISTEN " + Channel);
                _isListening = true;
                failures = 0;
                WakeAll();
                while (!stoppingToken.IsCancellationRequested)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                _isListening = false;
                WakeAll();
                var exceptionType = exception.GetType().Name;
                Log.ListeningFailed(logger, exceptionType);
                var wait = TimeSpan.FromMilliseconds(Math.Min(LongestBackOff.TotalMilliseconds, 250 * Math.Pow(2, failures)));
                await Task.Delay(wait, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void WakeAll()
    {
        lock (_interests)
        {
            foreach (var interest in _interests.Values)
            {
                interest.Wake();
            }
        }
    }

    /// <summary>Somebody's interest in a conversation.</summary>
    internal sealed class Interest(LogSignals signals, string conversationId) : IDisposable
    {
        private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Watchers { get; set; }

        /// <summary>Ends with the next signal. Taken before one looks, so that nothing between looking and waiting is missed.</summary>
        public Task Next => Volatile.Read(ref _woken).Task;

        /// <summary>Waits for the signal, until the time is up, or until it is time to look without one.</summary>
        public async Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken)
        {
            var look = signals._isListening ? LookAnyway : LookWithout;
            await Task.WhenAny(next, Task.Delay(atMost < look ? atMost : look, signals._timeProvider, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        public void Dispose()
        {
            lock (signals._interests)
            {
                if (--Watchers == 0)
                {
                    signals._interests.Remove(conversationId);
                }
            }
        }

        public void Wake() => Interlocked.Exchange(ref _woken, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "Not listening to the other replicas ({ExceptionType}): looking twice a second instead, and trying again.")]
        public static partial void ListeningFailed(ILogger logger, string exceptionType);
    }
}
