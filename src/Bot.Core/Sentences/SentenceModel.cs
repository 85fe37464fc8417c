using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Sentences;

/// <summary>
/// Makes a vector of a short text, so that texts that mean the same lie near each other: word vectors, letter runs inside words and pairs of words,
/// looked up in tables and added. Made by <c>tools/Bot.Training/teacher/sentence.py</c>; English. Immutable and thread-safe.
/// </summary>
public sealed class SentenceModel : ITextEncoder
{
    /// <summary>The language whose texts it knows.</summary>
    public const string Language = "en";

    private const string Resource = "sentence-model.bin";
    private const string Magic = "SENT1";
    private const int MagicLength = 8;
    private const float RunWeight = 3f;

    private static readonly Lazy<SentenceModel?> Embedded = new(Load);

    private readonly Dictionary<string, int> _words;
    private readonly EmbeddingTable _wordRows;
    private readonly EmbeddingTable _runRows;
    private readonly float[] _importance;
    private readonly float[] _projection;

    private SentenceModel(BinaryReader reader)
    {
        if (Encoding.ASCII.GetString(reader.ReadBytes(MagicLength)).TrimEnd('\0') != Magic)
        {
            throw new InvalidDataException($"This is no sentence model: it does not begin with {Magic}.");
        }

        var words = reader.ReadInt32();
        var wordSize = reader.ReadInt32();
        Size = reader.ReadInt32();
        var buckets = reader.ReadInt32();
        _words = EmbeddingTable.ReadWords(reader, words, reader.ReadInt32());
        _wordRows = EmbeddingTable.Read(reader, words, wordSize);
        _runRows = EmbeddingTable.Read(reader, buckets, Size);
        _importance = EmbeddingTable.ReadFloats(reader, words);
        _projection = EmbeddingTable.ReadFloats(reader, wordSize * Size);
    }

    /// <summary>The model inside this assembly, or null when it is damaged: words and letters then decide alone.</summary>
    public static SentenceModel? Default => Embedded.Value;

    /// <summary>How many numbers a vector has.</summary>
    public int Size { get; }

    public bool IsFitted => true;

    /// <summary>Reads a model. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static SentenceModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        return new SentenceModel(reader);
    }

    /// <summary>Writes the vector of a text's words (as <see cref="TextNormalizer"/> gives them), of length 1, or of zeros for no words.</summary>
    public void Embed(IReadOnlyList<string> text, Span<float> vector)
    {
        ArgumentNullException.ThrowIfNull(text);
        vector.Clear();
        if (text.Count == 0)
        {
            return;
        }

        Span<float> words = stackalloc float[_wordRows.Size];
        words.Clear();
        var runs = 0;
        for (var i = 0; i < text.Count; i++)
        {
            var word = text[i];
            if (_words.TryGetValue(word, out var id))
            {
                _wordRows.AddRow(id, _importance[id], words);
            }

            runs += AddRuns(word, vector);
            if (i > 0)
            {
                AddBucket(Fnv.Add(Fnv.Add(Fnv.Add(Fnv.OfWords, text[i - 1]), '\n'), word), vector);
                runs++;
            }
        }

        Vectors.Scale(vector, RunWeight / runs);
        Vectors.Scale(words, 1 / Math.Max(1e-12f, Vectors.Length(words)));
        for (var i = 0; i < words.Length; i++)
        {
            Vectors.AddScaled(_projection.AsSpan(i * Size, Size), words[i], vector);
        }

        Vectors.Scale(vector, 1 / Math.Max(1e-12f, Vectors.Length(vector)));
    }

    public bool TryEncode(string text, IReadOnlyList<string> words, Span<float> vector)
    {
        Embed(words, vector);
        return true;
    }

    private static SentenceModel? Load()
    {
        try
        {
            using var stream = typeof(SentenceModel).Assembly.GetManifestResourceStream(Resource);
            return stream is null ? null : Read(stream);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Letter runs, and the whole word; the number of them.</summary>
    private int AddRuns(string word, Span<float> vector)
    {
        AddBucket(Fnv.Add(Fnv.Add(Fnv.Add(Fnv.OfWords, ' '), word), ' '), vector);
        return 1 + _runRows.AddRuns(word, vector);
    }

    private void AddBucket(uint hash, Span<float> vector) => _runRows.AddRow(Fnv.ToBucket(hash, _runRows.Rows), 1, vector);
}
