using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bot.Core.Matching;

/// <summary>
/// Vectors of length 1 as small integers with a scale each: a quarter of the memory to read, and reading is what a search of many costs.
/// A cosine is off by less than 0.01.
/// </summary>
internal sealed class QuantizedRows
{
    private const int LargestRowValue = 127;
    private const int LargestQueryValue = 2047;

    private readonly sbyte[] _values;
    private readonly float[] _scales;
    private readonly int _size;

    private QuantizedRows(sbyte[] values, float[] scales, int size)
    {
        _values = values;
        _scales = scales;
        _size = size;
    }

    /// <param name="vectors">The vectors, one after the other.</param>
    /// <param name="size">How many numbers each has.</param>
    public static QuantizedRows Of(ReadOnlySpan<float> vectors, int size)
    {
        var values = new sbyte[vectors.Length];
        var scales = new float[vectors.Length / size];
        for (var row = 0; row < scales.Length; row++)
        {
            var vector = vectors.Slice(row * size, size);
            scales[row] = LargestOf(vector) / LargestRowValue;
            if (scales[row] > 0)
            {
                for (var i = 0; i < size; i++)
                {
                    values[row * size + i] = (sbyte)MathF.Round(vector[i] / scales[row]);
                }
            }
        }

        return new QuantizedRows(values, scales, size);
    }

    /// <summary>A query's vector as integers, fine enough to add no error of its own to speak of; the scale turns a <see cref="Dot"/> back.</summary>
    public static float Quantize(ReadOnlySpan<float> query, Span<short> quantized)
    {
        var scale = LargestOf(query) / LargestQueryValue;
        for (var i = 0; i < query.Length; i++)
        {
            quantized[i] = scale > 0 ? (short)MathF.Round(query[i] / scale) : (short)0;
        }

        return scale;
    }

    /// <summary>The cosine of a row and a query.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="query">What <see cref="Quantize"/> wrote.</param>
    /// <param name="queryScale">What it gave back.</param>
    public float Dot(int row, ReadOnlySpan<short> query, float queryScale)
    {
        var values = _values.AsSpan(row * _size, _size);
        var sum = 0;
        var i = 0;
        if (Avx2.IsSupported)
        {
            ref var left = ref MemoryMarshal.GetReference(values);
            ref var right = ref MemoryMarshal.GetReference(query);
            var sums = Vector256<int>.Zero;
            for (; i + Vector256<short>.Count <= values.Length; i += Vector256<short>.Count)
            {
                // 127 × 2047, two at a time: far from overflowing.
                sums += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref left, (nuint)i)), Vector256.LoadUnsafe(ref right, (nuint)i));
            }

            sum = Vector256.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            ref var left = ref MemoryMarshal.GetReference(values);
            ref var right = ref MemoryMarshal.GetReference(query);
            var sums = Vector128<int>.Zero;
            for (; i + Vector128<short>.Count <= values.Length; i += Vector128<short>.Count)
            {
                var (leftLow, leftHigh) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(values[i..]))).AsSByte()));
                var (rightLow, rightHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref right, (nuint)i));
                sums += leftLow * rightLow + leftHigh * rightHigh;
            }

            sum = Vector128.Sum(sums);
        }

        for (; i < values.Length; i++)
        {
            sum += values[i] * query[i];
        }

        return sum * _scales[row] * queryScale;
    }

    private static float LargestOf(ReadOnlySpan<float> vector)
    {
        var largest = 0f;
        foreach (var value in vector)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
