using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bot.Core.Escalations;

/// <summary>Tries the targets at start and every day, so that a wrong one is found before a person waits for its call.</summary>
public sealed partial class TargetChecks(IReadOnlyList<IEscalationNotifier> notifiers, ILogger<TargetChecks> logger)
{
    private static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, string?> _problems = new(StringComparer.Ordinal);

    /// <summary>The targets that failed their last test, with what is wrong.</summary>
    public IReadOnlyList<(string Target, string Problem)> Failing => [.. _problems.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!)).OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>Tests every target.</summary>
    /// <param name="isSeen">True to send tests that staff see.</param>
    /// <param name="cancellationToken">Ends the tests.</param>
    /// <returns>What is wrong with each target, or null.</returns>
    public async Task<IReadOnlyList<(string Target, string? Problem)>> RunAsync(bool isSeen, CancellationToken cancellationToken)
    {
        var results = new List<(string, string?)>();
        foreach (var notifier in notifiers)
        {
            var problem = await TestAsync(notifier, isSeen, cancellationToken);
            var before = _problems.GetValueOrDefault(notifier.Target);
            _problems[notifier.Target] = problem;
            results.Add((notifier.Target, problem));
            if (problem is not null)
            {
                Log.Failed(logger, notifier.Target, problem);
            }
            else if (before is not null)
            {
                Log.Recovered(logger, notifier.Target);
            }
        }

        return results;
    }

    private static async Task<string?> TestAsync(IEscalationNotifier notifier, bool isSeen, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestTest);
        try
        {
            await notifier.TestAsync(isSeen, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {LongestTest.TotalSeconds:0} seconds";
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A test carries nothing that a person typed, so its message may be read.
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3111, Level = LogLevel.Error, Message = "The escalation target '{Target}' does not work: {Problem}. Whoever asks for a call now would not get one from there.")]
        public static partial void Failed(ILogger logger, string target, string problem);

        [LoggerMessage(EventId = 3112, Level = LogLevel.Information, Message = "The escalation target '{Target}' works again.")]
        public static partial void Recovered(ILogger logger, string target);
    }
}
