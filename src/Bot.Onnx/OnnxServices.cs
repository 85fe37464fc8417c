using Bot.Core.Matching;
using Bot.Onnx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class OnnxServices
{
    /// <summary>The model that <see cref="EmbeddingOptions"/> names, for the matcher; it is read when the content is first matched.</summary>
    public static IServiceCollection AddOnnxEmbeddings(this IServiceCollection services) =>
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(provider => new OnnxEmbeddingGenerator(provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value));
}
