using Bot.Core.Escalations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Server.Operations;

/// <summary>Keeps the duties: tells what is due every second, tests the targets at start and daily, forgets what is over.</summary>
public sealed partial class EscalationLoop(EscalationDispatcher dispatcher, TargetChecks checks, TimeProvider timeProvider, ILogger<EscalationLoop> logger) : BackgroundService
{
    private static readonly TimeSpan DispatchEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan TestEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan TestFailingEvery = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EveryAsync(() => DispatchEvery, dispatcher.BeginAsync, stoppingToken),
        EveryAsync(() => CountEvery, dispatcher.ReadBacklogAsync, stoppingToken),
        EveryAsync(() => ForgetEvery, dispatcher.ForgetAsync, stoppingToken),
        EveryAsync(() => checks.Failing.Count > 0 ? TestFailingEvery : TestEvery, token => checks.RunAsync(false, token), stoppingToken));

    private Task EveryAsync(Func<TimeSpan> interval, Func<CancellationToken, Task> work, CancellationToken stoppingToken) =>
        Periodically.DoAsync(interval, work, exceptionType => Log.Failed(logger, exceptionType), timeProvider, stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 3107, Level = LogLevel.Error, Message = "Looking after the escalations failed ({ExceptionType}); it is tried again. Nothing is lost.")]
        public static partial void Failed(ILogger logger, string exceptionType);
    }
}

/// <summary>Whether staff can be told. It keeps no replica from visitors: they get answers and numbers all the same.</summary>
internal sealed class EscalationHealth(EscalationDispatcher dispatcher, EscalationDesk desk, TargetChecks checks) : IHealthCheck
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var backlog = await dispatcher.ReadBacklogAsync(cancellationToken);
            var problems = checks.Failing.Select(failing => $"target '{failing.Target}' does not work").ToList();
            if (backlog.Failing > 0)
            {
                problems.Add($"{backlog.Failing} notices cannot be delivered");
            }
            else if (backlog.OldestUndelivered > LongestWait)
            {
                problems.Add($"a notice has waited for {backlog.OldestUndelivered.Value.TotalMinutes:0} minutes");
            }

            return problems.Count > 0 ? HealthCheckResult.Degraded(string.Join("; ", problems))
                : HealthCheckResult.Healthy(desk.IsOffered ? $"{backlog.Open} open" : "nobody is offered a call: Escalations:Targets is empty");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded(exception.GetType().Name);
        }
    }
}
