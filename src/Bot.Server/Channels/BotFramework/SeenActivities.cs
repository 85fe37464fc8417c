namespace Bot.Server.Channels.BotFramework;

/// <summary>Which activities came in lately: Teams delivers again what it thinks was lost, and it is answered once.</summary>
public sealed class SeenActivities(TimeProvider timeProvider)
{
    private const int Most = 50_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> _order = new();

    /// <summary>True for the first time. An activity without an id cannot be told from another, and is always new.</summary>
    public bool TryAdd(string? channelId, string? conversationId, string? activityId)
    {
        if (string.IsNullOrEmpty(activityId))
        {
            return true;
        }

        var now = timeProvider.GetUtcNow();
        var key = $"{channelId}\n{conversationId}\n{activityId}";
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (now - oldest.At > KeptFor || _order.Count >= Most))
            {
                _seen.Remove(_order.Dequeue().Key);
            }

            if (!_seen.Add(key))
            {
                return false;
            }

            _order.Enqueue((key, now));
            return true;
        }
    }
}
