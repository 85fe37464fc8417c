using Bot.Core.Escalations;
using Bot.Core.Turns;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bot.Server.Operations;

/// <summary>Where traces and metrics go. Neither ever has anything that a person typed.</summary>
public sealed class TelemetryOptions
{
    public const string SectionName = "Telemetry";

    /// <summary>An OpenTelemetry collector (OTLP over gRPC), for example <c>http://localhost:4317</c>; empty for none.</summary>
    public string OtlpEndpoint { get; set; } = string.Empty;

    /// <summary>Where Prometheus reads the metrics, for example <c>/metrics</c>; empty for nowhere. Anybody who can reach the server can read them there.</summary>
    public string MetricsPath { get; set; } = string.Empty;
}

internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
        options.OtlpEndpoint.Length > 0 && !(Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? ValidateOptionsResult.Fail($"Telemetry:OtlpEndpoint is '{options.OtlpEndpoint}', which is no http address. Write one like http://localhost:4317, or leave it empty.")
            : options.MetricsPath.Length > 0 && !options.MetricsPath.StartsWith('/')
            ? ValidateOptionsResult.Fail($"Telemetry:MetricsPath is '{options.MetricsPath}'. It begins with a slash, like /metrics, or is empty.")
            : ValidateOptionsResult.Success;
}

public static class Telemetry
{
    private const string ServiceName = "faq-bot";

    /// <summary>OpenTelemetry, when the settings name somewhere for it to go.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptionsWithValidateOnStart<TelemetryOptions>().BindConfiguration(TelemetryOptions.SectionName);
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        var options = configuration.GetSection(TelemetryOptions.SectionName).Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (new TelemetryOptionsValidator().Validate(null, options).Failed || (options.OtlpEndpoint.Length == 0 && options.MetricsPath.Length == 0))
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(ServiceName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(TurnMeter.Name, EscalationMeter.Name, "Bot.Teams", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            if (options.MetricsPath.Length > 0)
            {
                metrics.AddPrometheusExporter();
            }

            if (options.OtlpEndpoint.Length > 0)
            {
                metrics.AddOtlpExporter(otlp => otlp.Endpoint = new Uri(options.OtlpEndpoint));
            }
        });
        if (options.OtlpEndpoint.Length > 0)
        {
            // Addresses hold a conversation's id and, for a stream, a token: of a request its route is told, never its address.
            telemetry.WithTracing(tracing => tracing
                .AddSource(TurnMeter.Name)
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpRequest = (activity, request) =>
                {
                    activity.SetTag("url.path", null);
                    activity.SetTag("url.query", null);
                    activity.SetTag("client.address", null);
                    activity.SetTag("user_agent.original", null);
                })
                .AddOtlpExporter(otlp => otlp.Endpoint = new Uri(options.OtlpEndpoint)));
        }

        return services;
    }

    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsPath is { Length: > 0 } path)
        {
            endpoints.MapPrometheusScrapingEndpoint(path);
        }

        return endpoints;
    }
}
