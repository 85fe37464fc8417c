using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>How likely a message is of a kind, each from 0 to 1; what is left is "neither".</summary>
/// <param name="Acute">Danger now or soon.</param>
/// <param name="Concern">Distress, passive or past risk.</param>
public readonly record struct Risk(double Acute, double Concern)
{
    public double Any => Acute + Concern;

    /// <summary>What two parts of a message are together: the danger of the graver one, and what distress of either leaves room for.</summary>
    public Risk Or(Risk other)
    {
        var acute = Math.Max(Acute, other.Acute);
        return new Risk(acute, Math.Min(Math.Max(Any, other.Any), 1) - acute);
    }
}

/// <summary>
/// A small statistical model of crisis wording for what no rule foresaw: a convolution over the vectors of three words at a time, whose strongest
/// and average answers are weighed. Made by <c>tools/Bot.Training/teacher/student.py</c>. Immutable and thread-safe.
/// It never takes help away: see <see cref="CrisisScreen"/> and docs/adr/0009.
/// </summary>
public sealed class RiskModel
{
    private const string Resource = "risk-model.bin";
    private const string Magic = "RISK3";
    private const int MagicLength = 8;
    private const int DateLength = 10;
    private const int Classes = 3;
    private const int Reach = 3;

    /// <summary>Sums worked on at once: four registers of eight numbers.</summary>
    private const int AtOnce = 32;

    /// <summary>A long message is judged in pieces of two blocks, since one clause may matter; a block is part of two pieces.</summary>
    private const int BlockLength = 12;

    /// <summary>The rest of a long message is not read once a piece is this grave: nothing graver would change the reply.</summary>
    private const double Certain = 0.95;

    private readonly Dictionary<string, int> _words;
    private readonly EmbeddingTable _wordRows;
    private readonly EmbeddingTable _runRows;
    private readonly int _size;
    private readonly int _filters;
    private readonly float[] _filterWeights;
    private readonly float[] _filterBiases;
    private readonly float[] _hiddenWeights;
    private readonly float[] _hiddenBiases;
    private readonly float[] _classWeights;
    private readonly float[] _classBiases;

    private RiskModel(BinaryReader reader)
    {
        TrainedOn = Encoding.ASCII.GetString(reader.ReadBytes(DateLength));
        Messages = reader.ReadInt32();
        var words = reader.ReadInt32();
        _size = reader.ReadInt32();
        var buckets = reader.ReadInt32();
        _filters = reader.ReadInt32();
        var hidden = reader.ReadInt32();
        if (_filters % AtOnce != 0 || hidden % AtOnce != 0 || _filters <= 0 || _size <= 0 || hidden <= 0 || words < 0 || buckets <= 0 || (buckets & (buckets - 1)) != 0)
        {
            throw new InvalidDataException($"This risk model cannot be used: {_filters} filters, {_size} numbers a word, {buckets} buckets, {hidden} hidden units. Train it again.");
        }

        _words = EmbeddingTable.ReadWords(reader, words, reader.ReadInt32());
        _wordRows = EmbeddingTable.Read(reader, words, _size);
        _runRows = EmbeddingTable.Read(reader, buckets, _size);
        _filterWeights = EmbeddingTable.ReadFloats(reader, Reach * _size * _filters);
        _filterBiases = EmbeddingTable.ReadFloats(reader, _filters);
        _hiddenWeights = EmbeddingTable.ReadFloats(reader, 2 * _filters * hidden);
        _hiddenBiases = EmbeddingTable.ReadFloats(reader, hidden);
        _classWeights = EmbeddingTable.ReadFloats(reader, Classes * hidden);
        _classBiases = EmbeddingTable.ReadFloats(reader, Classes);
    }

    /// <summary>The day of the training, as yyyy-MM-dd.</summary>
    public string TrainedOn { get; }

    /// <summary>How many labelled or ordinary messages it was trained with; the variants that the teacher judged are not counted.</summary>
    public int Messages { get; }

    /// <summary>The model inside this assembly. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is damaged; the rules run without it.</summary>
    public static RiskModel Load()
    {
        using var stream = typeof(RiskModel).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidDataException($"{Resource} is not in the assembly.");
        return Read(stream);
    }

    /// <summary>Reads a model. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static RiskModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> magic = stackalloc byte[MagicLength];
        if (stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false) < MagicLength || Encoding.ASCII.GetString(magic).TrimEnd('\0') != Magic)
        {
            throw new InvalidDataException($"This is no risk model: it does not begin with {Magic}.");
        }

        using var reader = new BinaryReader(new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true));
        return new RiskModel(reader);
    }

    /// <summary>The graver pieces of the message decide. No words, no risk.</summary>
    public Risk Judge(IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0)
        {
            return default;
        }

        // One empty word before and after, so that every word has neighbours, and one more, since words are worked on in pairs.
        var length = (tokens.Count + Reach) * _size;
        var inputs = ArrayPool<float>.Shared.Rent(length);
        inputs.AsSpan(0, length).Clear();
        for (var i = 0; i < tokens.Count; i++)
        {
            Embed(tokens[i].Text, inputs.AsSpan((i + 1) * _size, _size));
        }

        var risk = JudgePieces(inputs, tokens.Count);
        ArrayPool<float>.Shared.Return(inputs);
        return risk;
    }

    private Risk JudgePieces(ReadOnlySpan<float> inputs, int words)
    {
        Span<float> output = stackalloc float[2 * _filters];
        Span<float> earlier = stackalloc float[2 * _filters];
        Span<float> block = stackalloc float[2 * _filters];
        Span<float> piece = stackalloc float[2 * _filters];
        var gravest = default(Risk);
        for (var start = 0; start < words; start += BlockLength)
        {
            block.CopyTo(earlier);
            block.Clear();
            var end = Math.Min(start + BlockLength, words);
            for (var word = start; word < end; word += 2)
            {
                Convolve(inputs.Slice(word * _size, (Reach + 1) * _size), output);
                Pool(output[.._filters], block);
                if (word + 1 < end)
                {
                    Pool(output[_filters..], block);
                }
            }

            if (start == 0 && end < words)
            {
                continue;
            }

            block.CopyTo(piece);
            var first = Math.Max(0, start - BlockLength);
            if (first < start)
            {
                Join(earlier, piece);
            }

            Vectors.Scale(piece[_filters..], 1f / (end - first));
            gravest = gravest.Or(Weigh(piece));
            if (gravest.Acute >= Certain)
            {
                break;
            }
        }

        return gravest;
    }

    /// <summary>The vector of a word: its own, if it is known, and the average of those of its letter runs.</summary>
    private void Embed(string word, Span<float> vector)
    {
        var runs = _runRows.AddRuns(word, vector);
        Vectors.Scale(vector, 1f / Math.Max(1, runs));
        if (_words.TryGetValue(word, out var row))
        {
            _wordRows.AddRow(row, 1, vector);
        }
    }

    /// <summary>What each filter answers to three words, and to the three from the next word on; never below zero. Weights are read once for both.</summary>
    private void Convolve(ReadOnlySpan<float> input, Span<float> output)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_filterWeights);
        ref var inputs = ref MemoryMarshal.GetReference(input);
        for (var filter = 0; filter < _filters; filter += AtOnce)
        {
            var (first, second, third, fourth) = Load(_filterBiases.AsSpan(filter));
            var (nextFirst, nextSecond, nextThird, nextFourth) = (first, second, third, fourth);
            var at = (nuint)filter;
            for (var i = 0; i < Reach * _size; i++)
            {
                var factor = Vector256.Create(Unsafe.Add(ref inputs, i));
                var next = Vector256.Create(Unsafe.Add(ref inputs, i + _size));
                var weight = Vector256.LoadUnsafe(ref weights, at);
                first = Vector256.MultiplyAddEstimate(factor, weight, first);
                nextFirst = Vector256.MultiplyAddEstimate(next, weight, nextFirst);
                weight = Vector256.LoadUnsafe(ref weights, at + 8);
                second = Vector256.MultiplyAddEstimate(factor, weight, second);
                nextSecond = Vector256.MultiplyAddEstimate(next, weight, nextSecond);
                weight = Vector256.LoadUnsafe(ref weights, at + 16);
                third = Vector256.MultiplyAddEstimate(factor, weight, third);
                nextThird = Vector256.MultiplyAddEstimate(next, weight, nextThird);
                weight = Vector256.LoadUnsafe(ref weights, at + 24);
                fourth = Vector256.MultiplyAddEstimate(factor, weight, fourth);
                nextFourth = Vector256.MultiplyAddEstimate(next, weight, nextFourth);
                at += (nuint)_filters;
            }

            Keep(first, second, third, fourth, output[filter..]);
            Keep(nextFirst, nextSecond, nextThird, nextFourth, output[(_filters + filter)..]);
        }
    }

    private static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) Load(ReadOnlySpan<float> values) =>
        (Vector256.Create(values), Vector256.Create(values[8..]), Vector256.Create(values[16..]), Vector256.Create(values[24..]));

    /// <summary>Never below zero.</summary>
    private static void Keep(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth, Span<float> output)
    {
        Vector256.Max(first, Vector256<float>.Zero).CopyTo(output);
        Vector256.Max(second, Vector256<float>.Zero).CopyTo(output[8..]);
        Vector256.Max(third, Vector256<float>.Zero).CopyTo(output[16..]);
        Vector256.Max(fourth, Vector256<float>.Zero).CopyTo(output[24..]);
    }

    /// <summary>The first half of a pool keeps each filter's strongest answer, the second their sum.</summary>
    private void Pool(ReadOnlySpan<float> output, Span<float> pool)
    {
        var sums = pool[_filters..];
        for (var filter = 0; filter < output.Length; filter += 8)
        {
            var answer = Vector256.Create(output[filter..]);
            Vector256.Max(answer, Vector256.Create<float>(pool[filter..])).CopyTo(pool[filter..]);
            (answer + Vector256.Create<float>(sums[filter..])).CopyTo(sums[filter..]);
        }
    }

    private void Join(ReadOnlySpan<float> other, Span<float> pool)
    {
        for (var filter = 0; filter < _filters; filter++)
        {
            pool[filter] = Math.Max(pool[filter], other[filter]);
            pool[_filters + filter] += other[_filters + filter];
        }
    }

    private Risk Weigh(ReadOnlySpan<float> pool)
    {
        Span<float> hidden = stackalloc float[_hiddenBiases.Length];
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_hiddenWeights);
        for (var unit = 0; unit < hidden.Length; unit += AtOnce)
        {
            var (first, second, third, fourth) = Load(_hiddenBiases.AsSpan(unit));
            var at = (nuint)unit;
            foreach (var value in pool)
            {
                var factor = Vector256.Create(value);
                first = Vector256.MultiplyAddEstimate(factor, Vector256.LoadUnsafe(ref weights, at), first);
                second = Vector256.MultiplyAddEstimate(factor, Vector256.LoadUnsafe(ref weights, at + 8), second);
                third = Vector256.MultiplyAddEstimate(factor, Vector256.LoadUnsafe(ref weights, at + 16), third);
                fourth = Vector256.MultiplyAddEstimate(factor, Vector256.LoadUnsafe(ref weights, at + 24), fourth);
                at += (nuint)hidden.Length;
            }

            Keep(first, second, third, fourth, hidden[unit..]);
        }

        var none = Math.Exp(Sum(hidden, 0));
        var concern = Math.Exp(Sum(hidden, 1));
        var acute = Math.Exp(Sum(hidden, 2));
        var all = none + concern + acute;
        return new Risk(acute / all, concern / all);
    }

    private float Sum(ReadOnlySpan<float> hidden, int kind) => _classBiases[kind] + Vectors.Dot(_classWeights.AsSpan(kind * hidden.Length, hidden.Length), hidden);
}
