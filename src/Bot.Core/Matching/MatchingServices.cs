using Bot.Core.Matching;
using Bot.Core.Sentences;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class MatchingServices
{
    public static IServiceCollection AddMatching(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MatchingOptions>().BindConfiguration(MatchingOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MatchingOptions>, MatchingOptionsRangeValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MatchingOptions>, MatchingOptionsOrderValidator>());
        services.AddOptionsWithValidateOnStart<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsRangeValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>());
        services.TryAddSingleton<IAnswerMatcher>(CreateMatcher);
        return services;
    }

    /// <summary>With the generator that the container has, for the languages that the settings name; without one, with our own model.</summary>
    private static HybridMatcher CreateMatcher(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
        if (options.Model.Length == 0 || provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>() is not { } generator)
        {
            return new HybridMatcher();
        }

        var encoder = new GeneratorEncoder(generator, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GeneratorEncoder>>());
        return new HybridMatcher(options.Languages.Distinct(StringComparer.Ordinal).ToDictionary(language => language, ITextEncoder (_) => encoder, StringComparer.Ordinal));
    }
}
