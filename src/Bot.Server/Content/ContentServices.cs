using Bot.Core.Crisis;
using Bot.Core.Turns;
using Bot.Server.Content;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class ContentServices
{
    /// <summary>The content, read from the content root.</summary>
    public static IServiceCollection AddContent(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ContentOptions>().BindConfiguration(ContentOptions.SectionName);
        services.AddSingleton<IValidateOptions<ContentOptions>, ContentOptionsValidator>();
        services.AddOptions<HelplineOptions>().BindConfiguration(HelplineOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ContentProvider>();
        services.AddSingleton<IBotContentSource>(provider => provider.GetRequiredService<ContentProvider>());
        services.AddHostedService<ContentWatcher>();
        return services;
    }
}
