namespace Microsoft.Extensions.DependencyInjection;

internal static class Embeddings
{
    /// <summary>The sentence model of the operator's choice, in a server that was built with <c>-p:OnnxEmbeddings=true</c>; otherwise our own.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services) =>
#if ONNX_EMBEDDINGS
        services.AddOnnxEmbeddings();
#else
        services;
#endif
}
