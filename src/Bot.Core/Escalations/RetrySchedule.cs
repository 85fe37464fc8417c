namespace Bot.Core.Escalations;

/// <summary>When to try again: twice as long each time up to a quarter of an hour, and never all at once.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait after so many tries that failed.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="jitter">From 0 to 1, at random.</param>
    public static TimeSpan After(int attempts, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(attempts, 20) - 1));
        return TimeSpan.FromSeconds(full * (0.5 + (jitter / 2)));
    }
}
