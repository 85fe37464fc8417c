using System.Diagnostics.Metrics;
using Bot.Core.Turns;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class TurnServices
{
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddEscalationDesk();
        services.AddOptions<PrivacyFacts>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new TurnMeter(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<Responder>();
        return services;
    }
}
