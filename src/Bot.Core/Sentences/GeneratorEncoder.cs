using Bot.Core.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Bot.Core.Sentences;

/// <summary>Any embedding generator as a text encoder. One that is slow or fails costs a turn nothing but its opinion: words decide alone.</summary>
public sealed partial class GeneratorEncoder : ITextEncoder
{
    /// <summary>Nobody waits longer for a vector; a local model takes a few milliseconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <param name="generator">Should run in this process: a question must not leave it.</param>
    /// <param name="timeProvider">The clock of the time-out.</param>
    /// <param name="logger">Where failures are told, without the text.</param>
    /// <exception cref="InvalidDataException">The generator makes no vector of a plain word.</exception>
    public GeneratorEncoder(IEmbeddingGenerator<string, Embedding<float>> generator, TimeProvider timeProvider, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        _timeProvider = timeProvider;
        _logger = logger;
        Size = Generate("heroin").Length is > 0 and var size ? size : throw new InvalidDataException("The embedding generator makes vectors of no length. Check the files under Matching:Embeddings.");
    }

    public int Size { get; }

    public bool IsFitted => false;

    public bool TryEncode(string text, IReadOnlyList<string> words, Span<float> vector)
    {
        try
        {
            var generated = Generate(text);
            var length = MathF.Sqrt(Vectors.Dot(generated, generated));
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] = length > 0 ? generated[i] / length : 0;
            }

            return generated.Length == Size && float.IsFinite(length);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var exceptionType = exception.GetType().Name;
            Log.Failed(_logger, exceptionType);
            return false;
        }
    }

    private float[] Generate(string text)
    {
        using var timeout = new CancellationTokenSource(LongestWait, _timeProvider);

        // Matching is synchronous, and a local generator has done its work when it returns.
        var generating = _generator.GenerateAsync([text], cancellationToken: timeout.Token);
        return generating.WaitAsync(LongestWait, _timeProvider, timeout.Token).GetAwaiter().GetResult() is [var embedding] ? embedding.Vector.ToArray() : [];
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The embedding generator failed ({ExceptionType}): words alone decided.")]
        public static partial void Failed(ILogger logger, string exceptionType);
    }
}
