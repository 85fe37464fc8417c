using System.Numerics;
using System.Runtime.InteropServices;
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
    private const int ShortestRun = 3;
    private const int LongestRun = 5;
    private const float RunWeight = 3f;

    private static readonly Lazy<SentenceModel?> Embedded = new(Load);

    private readonly Dictionary<string, int> _words;
    private readonly int _wordSize;
    private readonly int _buckets;
    private readonly sbyte[] _wordRows;
    private readonly float[] _wordScales;
    private readonly sbyte[] _runRows;
    private readonly float[] _runScales;
    private readonly float[] _importance;
    private readonly float[] _projection;

    private SentenceModel(BinaryReader reader)
    {
        if (Encoding.ASCII.GetString(reader.ReadBytes(MagicLength)).TrimEnd('\0') != Magic)
        {
            throw new InvalidDataException($"This is no sentence model: it does not begin with {Magic}.");
        }

        var words = reader.ReadInt32();
        _wordSize = reader.ReadInt32();
        Size = reader.ReadInt32();
        _buckets = reader.ReadInt32();
        _words = ReadWords(reader.ReadBytes(reader.ReadInt32()), words);
        _wordScales = ReadFloats(reader, words);
        _wordRows = ReadBytes(reader, words * _wordSize);
        _runScales = ReadFloats(reader, _buckets);
        _runRows = ReadBytes(reader, _buckets * Size);
        _importance = ReadFloats(reader, words);
        _projection = ReadFloats(reader, _wordSize * Size);
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

        Span<float> words = stackalloc float[_wordSize];
        words.Clear();
        var runs = 0;
        for (var i = 0; i < text.Count; i++)
        {
            var word = text[i];
            if (_words.TryGetValue(word, out var id))
            {
                Add(_wordRows.AsSpan(id * _wordSize, _wordSize), _wordScales[id] * _importance[id], words);
            }

            runs += AddRuns(word, vector);
            if (i > 0)
            {
                AddBucket(Fnv.Add(Fnv.Add(Fnv.Add(Fnv.OfWords, text[i - 1]), '\n'), word), vector);
                runs++;
            }
        }

        Scale(vector, RunWeight / runs);
        Scale(words, 1 / Math.Max(1e-12f, Length(words)));
        for (var i = 0; i < _wordSize; i++)
        {
            AddScaled(_projection.AsSpan(i * Size, Size), words[i], vector);
        }

        Scale(vector, 1 / Math.Max(1e-12f, Length(vector)));
    }

    public bool TryEncode(string text, IReadOnlyList<string> words, Span<float> vector)
    {
        Embed(words, vector);
        return true;
    }

    /// <summary>How near two vectors of length 1 are: their cosine.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = Vector<float>.Zero;
        var lefts = MemoryMarshal.Cast<float, Vector<float>>(left);
        var rights = MemoryMarshal.Cast<float, Vector<float>>(right);
        for (var i = 0; i < lefts.Length; i++)
        {
            sum += lefts[i] * rights[i];
        }

        var dot = Vector.Sum(sum);
        for (var i = lefts.Length * Vector<float>.Count; i < left.Length; i++)
        {
            dot += left[i] * right[i];
        }

        return dot;
    }

    /// <summary>Adds a vector, weighed, to another.</summary>
    public static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < rows.Length; i++)
        {
            sums[i] += rows[i] * weight;
        }

        for (var i = rows.Length * Vector<float>.Count; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
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

    private static Dictionary<string, int> ReadWords(byte[] text, int count)
    {
        var words = new Dictionary<string, int>(count, StringComparer.Ordinal);
        var start = 0;
        for (var id = 0; id < count; id++)
        {
            var end = Array.IndexOf(text, (byte)0, start);
            words[Encoding.UTF8.GetString(text, start, end - start)] = id;
            start = end + 1;
        }

        return words;
    }

    private static float[] ReadFloats(BinaryReader reader, int count)
    {
        var floats = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        return floats;
    }

    private static sbyte[] ReadBytes(BinaryReader reader, int count)
    {
        var bytes = new sbyte[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bytes.AsSpan()));
        return bytes;
    }

    private static float Length(ReadOnlySpan<float> vector) => MathF.Sqrt(Dot(vector, vector));

    private static void Scale(Span<float> vector, float factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    /// <summary>Adds a row of small integers times a weight.</summary>
    private static void Add(ReadOnlySpan<sbyte> row, float weight, Span<float> sum)
    {
        var step = Vector<sbyte>.Count;
        var i = 0;
        for (; i + step <= row.Length; i += step)
        {
            Vector.Widen(new Vector<sbyte>(row[i..]), out var low, out var high);
            AddShorts(low, weight, sum[i..]);
            AddShorts(high, weight, sum[(i + step / 2)..]);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * weight;
        }
    }

    private static void AddShorts(Vector<short> values, float weight, Span<float> sum)
    {
        Vector.Widen(values, out var low, out var high);
        (new Vector<float>(sum) + Vector.ConvertToSingle(low) * weight).CopyTo(sum);
        var rest = sum[Vector<float>.Count..];
        (new Vector<float>(rest) + Vector.ConvertToSingle(high) * weight).CopyTo(rest);
    }

    /// <summary>Letter runs of three to five with a space at each end, and the whole word; the number of them.</summary>
    private int AddRuns(string word, Span<float> vector)
    {
        var count = 1;
        for (var start = -1; start <= word.Length; start++)
        {
            var hash = Fnv.OfLetters;
            for (var length = 1; length <= LongestRun && start + length <= word.Length + 1; length++)
            {
                var position = start + length - 1;
                hash = Fnv.Add(hash, position < 0 || position >= word.Length ? ' ' : word[position]);
                if (length >= ShortestRun)
                {
                    AddBucket(hash, vector);
                    count++;
                }
            }
        }

        AddBucket(Fnv.Add(Fnv.Add(Fnv.Add(Fnv.OfWords, ' '), word), ' '), vector);
        return count;
    }

    private void AddBucket(uint hash, Span<float> vector)
    {
        var bucket = Fnv.ToBucket(hash, _buckets);
        Add(_runRows.AsSpan(bucket * Size, Size), _runScales[bucket], vector);
    }
}
