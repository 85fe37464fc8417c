namespace Bot.Server.Operations;

/// <summary>Background work that is done again and again: one failure never ends it, and one that lasts is told once.</summary>
internal static class Periodically
{
    /// <summary>Does the work, waits, and does it again, until it is stopped. Does not throw.</summary>
    /// <param name="interval">How long to wait after each time.</param>
    /// <param name="work">What to do.</param>
    /// <param name="onFailed">Told the exception's type when the work begins to fail, and not again before it has succeeded.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public static async Task DoAsync(Func<TimeSpan> interval, Func<CancellationToken, Task> work, Action<string> onFailed, TimeProvider timeProvider, CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
                isFailing = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isFailing)
                {
                    onFailed(exception.GetType().Name);
                }

                isFailing = true;
            }
            catch (Exception)
            {
                // Stopped in the middle.
                return;
            }

            await Task.Delay(interval(), timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
