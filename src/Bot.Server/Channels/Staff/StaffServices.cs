using Bot.Core.Crisis;
using Bot.Core.Escalations;
using Bot.Server.Channels.BotFramework;
using Bot.Server.Channels.Staff;
using Bot.Server.Channels.Teams;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class StaffServices
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(12);

    /// <summary>The ways to staff that the settings name, and the way back to the person.</summary>
    public static IServiceCollection AddStaff(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddEscalationDefaults(environment);
        services.AddEscalations();
        services.AddSingleton<IPersonNotifier, PersonNotifier>();
        services.AddSingleton<StaffCards>();
        services.AddSingleton<StaffClicks>();
        services.AddHttpClient(WebhookNotifier.ClientName)
            .ConfigureHttpClient(client => client.Timeout = LongestCall)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) });
        services.AddSingleton<IReadOnlyList<IEscalationNotifier>>(provider => [.. provider.GetRequiredService<IOptions<EscalationOptions>>().Value.Targets.Select(target => Create(provider, target))]);
        services.AddSingleton(provider => new EscalationDispatcher(
            provider.GetRequiredService<IEscalationStore>(), provider.GetRequiredService<EscalationIntake>(), provider.GetRequiredService<IReadOnlyList<IEscalationNotifier>>(), provider.GetRequiredService<IPersonNotifier>(),
            provider.GetRequiredService<IOptions<EscalationOptions>>(), provider.GetRequiredService<EscalationMeter>(), provider.GetRequiredService<ILogger<EscalationDispatcher>>()));
        services.AddSingleton(provider => new TargetChecks(provider.GetRequiredService<IReadOnlyList<IEscalationNotifier>>(), provider.GetRequiredService<ILogger<TargetChecks>>()));
        return services;
    }

    /// <summary>What the settings leave open: the country of the helplines, and on a developer's machine a target that only writes to the log.</summary>
    public static IServiceCollection AddEscalationDefaults(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<EscalationOptions>().PostConfigure<IOptions<HelplineOptions>>((options, helpline) =>
        {
            if (options.Countries.Length == 0)
            {
                options.Countries = [helpline.Value.Country];
            }

            if (environment.IsDevelopment() && options.Targets.Length == 0)
            {
                options.Targets = [new EscalationTarget { Name = "development-log", Kind = EscalationTargetKind.Log }];
                options.Desk = options.Desk.Length > 0 ? options.Desk : "Nobody (this is a development machine)";
            }
        });
        services.AddSingleton<IValidateOptions<EscalationOptions>>(new NoLogInProduction(environment));
        return services;
    }

    private static IEscalationNotifier Create(IServiceProvider provider, EscalationTarget target) => target.Kind switch
    {
        EscalationTargetKind.Webhook => new WebhookNotifier(target, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()),
        EscalationTargetKind.Teams => new TeamsNotifier(target, provider, provider.GetRequiredService<StaffCards>(), provider.GetRequiredService<IConfiguration>()),
        _ => new LogNotifier(target, provider.GetRequiredService<ILogger<LogNotifier>>()),
    };

    /// <summary>A log calls nobody back.</summary>
    private sealed class NoLogInProduction(IHostEnvironment environment) : IValidateOptions<EscalationOptions>
    {
        public ValidateOptionsResult Validate(string? name, EscalationOptions options) =>
            environment.IsDevelopment() || !options.Targets.Any(target => target.Kind == EscalationTargetKind.Log)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Escalations:Targets has a target of the kind Log. A log calls nobody back, so it is for Development alone: write Teams or Webhook.");
    }
}
