using System.Diagnostics.Metrics;
using Bot.Core.Escalations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class EscalationServices
{
    /// <summary>The duties themselves. Stores and ways to reach staff are registered beside it.</summary>
    public static IServiceCollection AddEscalations(this IServiceCollection services)
    {
        services.AddEscalationDesk();
        services.TryAddSingleton<IEscalationStore, MemoryEscalationStore>();
        services.AddSingleton(provider => new EscalationMeter(provider.GetService<IMeterFactory>()));
        services.AddSingleton<EscalationIntake>();
        return services;
    }

    /// <summary>The settings, and what they make true of who calls back: enough to answer people.</summary>
    public static IServiceCollection AddEscalationDesk(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(EscalationDesk)))
        {
            // Bound twice, a list in the settings would be there twice.
            return services;
        }

        // A word nobody knows would be passed over in a list, and with it the target.
        services.AddOptionsWithValidateOnStart<EscalationOptions>().BindConfiguration(EscalationOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EscalationOptions>, EscalationOptionsRangeValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EscalationOptions>, EscalationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EscalationDesk>();
        return services;
    }
}
