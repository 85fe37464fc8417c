using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// One layer of an encoder of the BERT family (Devlin et al. 2019): every word takes in what the others say to it, then a layer of units; each step is
/// added to what was there and brought back to one length. Immutable.
/// </summary>
internal sealed class TransformerLayer
{
    private readonly int _size;
    private readonly int _heads;
    private readonly SmallWeights _queriesKeysValues;
    private readonly SmallWeights _out;
    private readonly LayerNorm _attended;
    private readonly SmallWeights _up;
    private readonly SmallWeights _down;
    private readonly LayerNorm _done;

    public TransformerLayer(BinaryReader reader, int size, int heads, int units)
    {
        (_size, _heads) = (size, heads);
        _queriesKeysValues = new SmallWeights(reader, size, 3 * size, isRectified: false);
        _out = new SmallWeights(reader, size, size, isRectified: false);
        _attended = new LayerNorm(reader, size);
        _up = new SmallWeights(reader, size, units, isRectified: false);
        _down = new SmallWeights(reader, units, size, isRectified: false);
        _done = new LayerNorm(reader, size);
    }

    /// <summary>Changes the vectors of the pieces.</summary>
    /// <param name="pieces">One after the other.</param>
    /// <param name="count">How many.</param>
    public void Apply(Span<float> pieces, int count)
    {
        var widest = Math.Max(3 * _size, _up.Units);
        var rounded = ArrayPool<short>.Shared.Rent(count * _up.Units);
        var wide = ArrayPool<float>.Shared.Rent(count * widest);
        var narrow = ArrayPool<float>.Shared.Rent(count * _size);
        var answers = wide.AsSpan(0, count * widest);
        var taken = narrow.AsSpan(0, count * _size);

        Answer(_queriesKeysValues, pieces, rounded, answers, count);
        Attend(answers[..(count * 3 * _size)], taken, count);
        Answer(_out, taken, rounded, answers, count);
        _attended.Add(answers[..pieces.Length], pieces);

        Answer(_up, pieces, rounded, answers, count);
        var raised = answers[..(count * _up.Units)];
        Gelu.Apply(raised);
        Answer(_down, raised, rounded, taken, count);
        _done.Add(taken, pieces);

        ArrayPool<short>.Shared.Return(rounded);
        ArrayPool<float>.Shared.Return(wide);
        ArrayPool<float>.Shared.Return(narrow);
    }

    private static void Answer(SmallWeights weights, ReadOnlySpan<float> inputs, Span<short> rounded, Span<float> outputs, int count) =>
        weights.AnswerAll(rounded[..inputs.Length], SmallWeights.Round(inputs, rounded), outputs, count);

    /// <summary>What each piece takes in: the values of all pieces, each by how well its key meets the query.</summary>
    private void Attend(ReadOnlySpan<float> queriesKeysValues, Span<float> taken, int count)
    {
        var (width, size) = (_size / _heads, _size);
        var scale = 1 / MathF.Sqrt(width);
        var padded = (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        Span<float> keys = stackalloc float[width * padded];
        Span<float> shares = stackalloc float[padded];
        for (var head = 0; head < _heads; head++)
        {
            var at = head * width;
            Turn(queriesKeysValues[(size + at)..], 3 * size, keys, padded, count);
            for (var i = 0; i < count; i++)
            {
                Meet(queriesKeysValues.Slice(3 * i * size + at, width), keys, scale, shares);
                shares[count..].Fill(float.NegativeInfinity);
                Softmax(shares);
                TakeIn(queriesKeysValues[(2 * size + at)..], 3 * size, shares[..count], taken.Slice(i * size + at, width));
            }
        }
    }

    /// <summary>Puts the keys of the pieces side by side, their first numbers first, so that a query meets eight at once.</summary>
    private static void Turn(ReadOnlySpan<float> keys, int stride, Span<float> turned, int padded, int count)
    {
        for (var piece = 0; piece < count; piece++)
        {
            var key = keys.Slice(piece * stride, turned.Length / padded);
            for (var i = 0; i < key.Length; i++)
            {
                turned[i * padded + piece] = key[i];
            }
        }
    }

    private static void Meet(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, float scale, Span<float> shares)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(keys);
        var met = MemoryMarshal.Cast<float, Vector256<float>>(shares);
        for (var eight = 0; eight < met.Length; eight++)
        {
            var sum = Vector256<float>.Zero;
            for (int i = 0, at = eight; i < query.Length; i++, at += met.Length)
            {
                sum += Vector256.Create(query[i]) * vectors[at];
            }

            met[eight] = sum * scale;
        }
    }

    private static void TakeIn(ReadOnlySpan<float> values, int stride, ReadOnlySpan<float> shares, Span<float> taken)
    {
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(taken);
        for (var eight = 0; eight < sums.Length; eight++)
        {
            var sum = Vector256<float>.Zero;
            for (int piece = 0, at = eight * Vector256<float>.Count; piece < shares.Length; piece++, at += stride)
            {
                sum += Vector256.Create(shares[piece]) * Vector256.Create(values[at..]);
            }

            sums[eight] = sum;
        }
    }

    private static void Softmax(Span<float> numbers)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(numbers);
        var largest = vectors[0];
        foreach (var vector in vectors)
        {
            largest = Vector256.Max(largest, vector);
        }

        var most = float.NegativeInfinity;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            most = Math.Max(most, largest[lane]);
        }

        var sum = Vector256<float>.Zero;
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Exponential.Of(vectors[i] - Vector256.Create(most));
            sum += vectors[i];
        }

        var share = Vector256.Create(1 / Vector256.Sum(sum));
        foreach (ref var vector in vectors)
        {
            vector *= share;
        }
    }
}

/// <summary>Brings vectors to mean 0 and variance 1, and weighs each number. Immutable.</summary>
internal sealed class LayerNorm(BinaryReader reader, int size)
{
    private const float SmallestVariance = 1e-12f;

    private readonly float[] _weights = EmbeddingTable.ReadFloats(reader, size);
    private readonly float[] _biases = EmbeddingTable.ReadFloats(reader, size);

    /// <summary>Adds one row of vectors to another, and brings the sums to one length.</summary>
    public void Add(ReadOnlySpan<float> added, Span<float> vectors)
    {
        for (var at = 0; at < vectors.Length; at += _weights.Length)
        {
            var row = MemoryMarshal.Cast<float, Vector256<float>>(vectors.Slice(at, _weights.Length));
            var other = MemoryMarshal.Cast<float, Vector256<float>>(added.Slice(at, _weights.Length));
            var sum = Vector256<float>.Zero;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] += other[i];
                sum += row[i];
            }

            var mean = Vector256.Create(Vector256.Sum(sum) / _weights.Length);
            var squares = Vector256<float>.Zero;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] -= mean;
                squares += row[i] * row[i];
            }

            var scale = Vector256.Create(1 / MathF.Sqrt(Vector256.Sum(squares) / _weights.Length + SmallestVariance));
            var weights = MemoryMarshal.Cast<float, Vector256<float>>(_weights);
            var biases = MemoryMarshal.Cast<float, Vector256<float>>(_biases);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = row[i] * scale * weights[i] + biases[i];
            }
        }
    }
}

/// <summary>The Gaussian error linear unit, x times the normal distribution function of x (Hendrycks and Gimpel 2016).</summary>
internal static class Gelu
{
    /// <summary>Of numbers, eight at a time.</summary>
    public static void Apply(Span<float> numbers)
    {
        foreach (ref var vector in MemoryMarshal.Cast<float, Vector256<float>>(numbers))
        {
            var half = 0.5f * vector;
            vector = half + half * ErrorFunction(vector * 0.70710678f);
        }
    }

    /// <summary>erf, within 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26).</summary>
    private static Vector256<float> ErrorFunction(Vector256<float> x)
    {
        var size = Vector256.Abs(x);
        var t = Vector256<float>.One / (Vector256<float>.One + 0.3275911f * size);
        var polynomial = ((((1.061405429f * t - Vector256.Create(1.453152027f)) * t + Vector256.Create(1.421413741f)) * t - Vector256.Create(0.284496736f)) * t + Vector256.Create(0.254829592f)) * t;
        return (Vector256<float>.One - polynomial * Exponential.Of(-(size * size))) | (x & Vector256.Create(-0f));
    }
}
