using System.Text.Json;
using Bot.Core.Turns;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Server.Operations;

/// <summary>Whether the process lives, and whether it should get visitors.</summary>
public static class Health
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<ContentHealth>("content", tags: [Ready]).AddCheck<EscalationHealth>("escalations", tags: [Ready]);
        services.AddHostedService<EscalationLoop>();
        return services;
    }

    /// <summary><c>/health/live</c> answers as long as the process does; <c>/health/ready</c> asks the content and the database.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });
        return endpoints;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsync(JsonSerializer.Serialize(new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString() + (entry.Value.Description is { } description ? ": " + description : string.Empty)) }, JsonSerializerOptions.Web));

    /// <summary>Content is there, or the bot would not have started; said is what people should not have to find out.</summary>
    private sealed class ContentHealth(IBotContentSource contentSource) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var content = contentSource.Current;
            return Task.FromResult(content.CrisisScreen.HasModel
                ? HealthCheckResult.Healthy($"{content.Version}, {content.KnowledgeBase.Answers.Count} answers")
                : HealthCheckResult.Degraded("the crisis screen's statistical model could not be read; its rules run"));
        }
    }
}
