using System.Diagnostics.Metrics;
using System.Globalization;
using Bot.Core.Escalations;
using Bot.Core.Turns;
using Dapper;

namespace Bot.Server.Storage;

/// <summary>
/// Keeps what the meters count, by day: answers, handoffs, votes, unanswered topics. Counts alone, of nobody. A process that is killed takes the
/// last few seconds' counts with it.
/// </summary>
public sealed partial class StoredCounts : BackgroundService
{
    /// <summary>After so many days, days become their year.</summary>
    internal const int DaysKept = 400;

    private const string Upsert =
        "INSERT INTO counts (period, name, item, amount) VALUES (@period, @name, @item, @amount) ON CONFLICT (period, name, item) DO UPDATE SET amount = counts.amount + excluded.amount";

    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> Kept = ["bot.replies", "bot.answers", "bot.unanswered", "bot.answers.votes", "bot.crisis.findings", "bot.escalations"];

    private readonly Database _database;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<StoredCounts> _logger;
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private Dictionary<(string Period, string Name, string Item), long> _counts = [];

    public StoredCounts(Database database, IMeterFactory meters, TimeProvider timeProvider, ILogger<StoredCounts> logger)
    {
        _database = database;
        _timeProvider = timeProvider;
        _logger = logger;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name is TurnMeter.Name or EscalationMeter.Name && Kept.Contains(instrument.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Period, string Name, string Item), long> counts;
        lock (_lock)
        {
            (counts, _counts) = (_counts, []);
        }

        if (counts.Count == 0)
        {
            return;
        }

        try
        {
            await _database.WriteAsync(
                async (connection, transaction) =>
                {
                    // In one order, or two replicas that write the same rows would wait for each other for ever.
                    foreach (var ((period, name, item), amount) in counts.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).ThenBy(pair => pair.Key.Item, StringComparer.Ordinal))
                    {
                        await connection.ExecuteAsync(Upsert, new { period, name, item, amount }, transaction);
                    }

                    return true;
                },
                cancellationToken);
        }
        catch
        {
            lock (_lock)
            {
                foreach (var (key, amount) in counts)
                {
                    _counts[key] = _counts.GetValueOrDefault(key) + amount;
                }
            }

            throw;
        }
    }

    /// <summary>What was counted from one day to another, both of them in it, by name and item.</summary>
    public static async Task<IReadOnlyList<Count>> ReadAsync(Database database, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<Count>(new CommandDefinition(
            "SELECT name, item, CAST(SUM(amount) AS BIGINT) AS amount FROM counts WHERE period >= @from AND period <= @until GROUP BY name, item ORDER BY name, amount DESC, item",
            new { from = DayOf(from), until = DayOf(until) },
            cancellationToken: cancellationToken))];
    }

    /// <summary>Crisis findings by year, of all the years there are.</summary>
    public static async Task<IReadOnlyList<Count>> ReadCrisesByYearAsync(Database database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<Count>(new CommandDefinition(
            "SELECT SUBSTR(period, 1, 4) AS name, item, CAST(SUM(amount) AS BIGINT) AS amount FROM counts WHERE name = 'bot.crisis.findings' GROUP BY SUBSTR(period, 1, 4), item ORDER BY 1, amount DESC, item", cancellationToken: cancellationToken))];
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    /// <summary>Days of long ago become their year.</summary>
    internal Task RollUpAsync(CancellationToken cancellationToken)
    {
        var before = DayOf(DateOnly.FromDateTime(_timeProvider.GetUtcNow().UtcDateTime).AddDays(-DaysKept));
        return _database.WriteAsync(
            async (connection, transaction) =>
            {
                // Taken away first: of two servers that do this at once, the second one finds nothing.
                var days = (await connection.QueryAsync<Day>("DELETE FROM counts WHERE LENGTH(period) = 10 AND period < @before RETURNING period, name, item, amount", new { before }, transaction)).ToList();
                foreach (var year in days.GroupBy(day => (Period: day.Period[..4], day.Name, day.Item)).OrderBy(year => year.Key))
                {
                    await connection.ExecuteAsync(Upsert, new { period = year.Key.Period, name = year.Key.Name, item = year.Key.Item, amount = year.Sum(day => day.Amount) }, transaction);
                }

                return days.Count;
            },
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (isFailing, rolledUp) = (false, DateOnly.MinValue);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(FlushEvery, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // Also when it is stopped: the last counts go with it.
                await FlushAsync(CancellationToken.None);
                if (DateOnly.FromDateTime(_timeProvider.GetUtcNow().UtcDateTime) is var today && today != rolledUp && !stoppingToken.IsCancellationRequested)
                {
                    await RollUpAsync(stoppingToken);
                    rolledUp = today;
                }

                isFailing = false;
            }
            catch (Exception exception)
            {
                if (!isFailing)
                {
                    var exceptionType = exception.GetType().Name;
                    Log.Failed(_logger, exceptionType);
                }

                isFailing = true;
            }
        }
    }

    private void Add(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Languages and the like do not matter for a report; the first tag says what, the second one which kind of it.
        var item = name switch
        {
            "bot.answers.votes" => $"{tags[0].Value} {(tags[1].Value is true ? "helpful" : "unhelpful")}",
            "bot.crisis.findings" => $"{tags[1].Value} {tags[0].Value}",
            _ => Convert.ToString(tags[0].Value, CultureInfo.InvariantCulture) ?? string.Empty,
        };
        var key = (DayOf(DateOnly.FromDateTime(_timeProvider.GetUtcNow().UtcDateTime)), name, item);
        lock (_lock)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + value;
        }
    }

    private static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Day
    {
        public string Period { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string Item { get; init; } = string.Empty;

        public long Amount { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "Counts could not be written ({ExceptionType}); they are kept and written later.")]
        public static partial void Failed(ILogger logger, string exceptionType);
    }
}

/// <summary>How often something was counted.</summary>
public sealed class Count
{
    public string Name { get; init; } = string.Empty;

    public string Item { get; init; } = string.Empty;

    public long Amount { get; init; }
}
