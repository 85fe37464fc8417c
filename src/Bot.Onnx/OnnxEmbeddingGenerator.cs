using Bot.Core.Matching;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;

namespace Bot.Onnx;

/// <summary>
/// Vectors from an ONNX file in this process: a BERT-like model as sentence-transformers exports them. What the model gives for each token is
/// averaged; what it gives for the whole sentence (<c>sentence_embedding</c>) is taken as it is. Thread-safe.
/// </summary>
public sealed class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string TokenIds = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const string WholeSentence = "sentence_embedding";

    private readonly InferenceSession _session;
    private readonly BertTokenizer _tokenizer;
    private readonly int _maximumTokens;
    private readonly string _output;

    /// <summary>Reads both files. Throws <see cref="InvalidDataException"/>, naming the file and the cure, when one is not there or not what it should be.</summary>
    public OnnxEmbeddingGenerator(EmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _tokenizer = Read(options.Tokenizer, nameof(EmbeddingOptions.Tokenizer), "a WordPiece vocabulary (vocab.txt)", file => BertTokenizer.Create(file, new BertOptions { LowerCaseBeforeTokenization = options.LowerCase, RemoveNonSpacingMarks = options.LowerCase }));
        _session = Read(options.Model, nameof(EmbeddingOptions.Model), "an ONNX model", file => new InferenceSession(file, new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR }));
        _maximumTokens = options.MaximumTokens;
        if (_session.InputNames.Except([TokenIds, Mask, Types]).FirstOrDefault() is { } unknown || !_session.InputNames.Contains(TokenIds))
        {
            var names = string.Join(", ", _session.InputNames);
            _session.Dispose();
            throw new InvalidDataException($"{EmbeddingOptions.SectionName}:{nameof(EmbeddingOptions.Model)} '{options.Model}' takes {names}; a BERT-like model takes {TokenIds}, {Mask} and perhaps {Types}. Export it with sentence-transformers or optimum.");
        }

        _output = _session.OutputNames.Contains(WholeSentence) ? WholeSentence : _session.OutputNames[0];
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value)));
        }

        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => _session.Dispose();

    private float[] Embed(string text)
    {
        var ids = _tokenizer.EncodeToIds(text, _maximumTokens, out _, out _).Select(id => (long)id).ToArray();
        int[] shape = [1, ids.Length];
        using var results = _session.Run([.. _session.InputNames.Select(name => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(name switch
        {
            TokenIds => ids,
            Mask => [.. Enumerable.Repeat(1L, ids.Length)],
            _ => new long[ids.Length],
        }, shape)))], [_output]);
        var output = results[0].AsTensor<float>();
        return output.Dimensions.Length == 2 ? [.. output] : Average([.. output], output.Dimensions[^1]);
    }

    private static float[] Average(float[] tokens, int size)
    {
        var average = new float[size];
        for (var i = 0; i < tokens.Length; i++)
        {
            average[i % size] += tokens[i] * size / tokens.Length;
        }

        return average;
    }

    private static T Read<T>(string file, string setting, string what, Func<string, T> read)
    {
        if (!File.Exists(file))
        {
            throw new InvalidDataException($"{EmbeddingOptions.SectionName}:{setting} is '{file}', and there is no such file. It must name {what}.");
        }

        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{EmbeddingOptions.SectionName}:{setting} '{file}' could not be read as {what}: {exception.Message}", exception);
        }
    }
}
