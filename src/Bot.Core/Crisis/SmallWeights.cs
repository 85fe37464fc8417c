using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// The weights of a layer, a byte each with a scale for each unit: a quarter of the memory to go through, so that they stay in the processor's nearer
/// caches. They are multiplied with inputs of two bytes (<see cref="Round"/>), two products an instruction. Units that are worked on together stand
/// together, and so do the two inputs. Immutable.
/// </summary>
internal sealed class SmallWeights
{
    /// <summary>Units worked on at once: two registers of eight sums.</summary>
    public const int UnitsAtOnce = 16;

    /// <summary>Rows of inputs worked on at once, so that the weights are read once for all of them.</summary>
    public const int RowsAtOnce = 4;

    /// <summary>The largest rounded input. Sums of two thousand products with weights of a byte stay within 32 bits; the widest layer has 1,536.</summary>
    private const int Largest = 8191;

    /// <summary>Added to a small number it leaves no bits after the point, and the ones in the lower bits: 1.5 times two to the 23rd.</summary>
    private const float RoundsToOnes = 12582912;

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;
    private readonly int _inputs;
    private readonly Vector256<float> _floor;

    /// <summary>Reads the scales, the weights (a row for each input) and the biases. Throws <see cref="EndOfStreamException"/> when there are too few.</summary>
    /// <param name="reader">The model's file.</param>
    /// <param name="inputs">How many, an even number.</param>
    /// <param name="units">How many, a multiple of sixteen.</param>
    /// <param name="isRectified">Whether an answer is never below zero.</param>
    public SmallWeights(BinaryReader reader, int inputs, int units, bool isRectified = true)
    {
        _inputs = inputs;
        _floor = Vector256.Create(isRectified ? 0 : float.NegativeInfinity);
        Units = units;
        _scales = EmbeddingTable.ReadFloats(reader, units);
        var rows = new sbyte[inputs * units];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        _weights = Pack(rows, inputs, units);
        _biases = EmbeddingTable.ReadFloats(reader, units);
    }

    public int Units { get; }

    /// <summary>Rounds numbers to two bytes each; what one of them stands for.</summary>
    /// <param name="numbers">The inputs of a layer.</param>
    /// <param name="rounded">As many.</param>
    public static float Round(ReadOnlySpan<float> numbers, Span<short> rounded)
    {
        var largest = LargestOf(numbers);
        var (scale, times) = largest > 0 ? (largest / Largest, Largest / largest) : (1, 1);
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(numbers);
        var pairs = MemoryMarshal.Cast<short, Vector256<short>>(rounded);
        var i = 0;
        for (; i + 2 <= vectors.Length; i += 2)
        {
            pairs[i / 2] = Vector256.Narrow(ToIntegers(vectors[i], times), ToIntegers(vectors[i + 1], times));
        }

        for (i *= Vector256<float>.Count; i < numbers.Length; i++)
        {
            rounded[i] = (short)BitConverter.SingleToInt32Bits(numbers[i] * times + RoundsToOnes);
        }

        return scale;
    }

    /// <summary>What the units make of one row of inputs.</summary>
    public void Answer(ReadOnlySpan<short> inputs, float scale, Span<float> output)
    {
        ref var pairs = ref Unsafe.As<short, int>(ref MemoryMarshal.GetReference(inputs[.._inputs]));
        for (var unit = 0; unit < Units; unit += UnitsAtOnce)
        {
            ref var weights = ref From(unit);
            var (first, second) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (nuint i = 0, at = 0; i < (nuint)_inputs / 2; i++, at += 2 * UnitsAtOnce)
            {
                var pair = Vector256.Create(Unsafe.Add(ref pairs, i)).AsInt16();
                first += Products(pair, Load(ref weights, at));
                second += Products(pair, Load(ref weights, at + UnitsAtOnce));
            }

            Finish(first, second, scale, unit, output);
        }
    }

    /// <summary>The same for rows that stand one after the other.</summary>
    public void AnswerAll(ReadOnlySpan<short> inputs, float scale, Span<float> outputs, int rows)
    {
        if (rows < RowsAtOnce)
        {
            for (var row = 0; row < rows; row++)
            {
                Answer(inputs[(row * _inputs)..], scale, outputs[(row * Units)..]);
            }

            return;
        }

        // All rows of a few units, so that their weights stay in the nearest cache.
        for (int unit = 0, answered; unit < Units; unit += answered)
        {
            answered = 0;
            for (var row = 0; row < rows; row += RowsAtOnce)
            {
                // The last four may be answered in part once more, which changes nothing.
                var from = Math.Min(row, rows - RowsAtOnce);
                answered = AnswerFour(unit, inputs[(from * _inputs)..], _inputs, scale, outputs[(from * Units)..]);
            }
        }
    }

    /// <summary>The same for four rows, each beginning <paramref name="stride"/> inputs after the one before; rows may overlap.</summary>
    public void AnswerFour(ReadOnlySpan<short> inputs, int stride, float scale, Span<float> outputs)
    {
        for (var unit = 0; unit < Units;)
        {
            unit += AnswerFour(unit, inputs, stride, scale, outputs);
        }
    }

    /// <summary>What sixteen units make of four rows, or thirty-two where the processor has wider registers; how many.</summary>
    private int AnswerFour(int unit, ReadOnlySpan<short> inputs, int stride, float scale, Span<float> outputs)
    {
        if (Avx512BW.IsSupported && unit + 2 * UnitsAtOnce <= Units)
        {
            AnswerFourWide(unit, inputs, stride, scale, outputs);
            return 2 * UnitsAtOnce;
        }

        ref var start = ref MemoryMarshal.GetReference(inputs[..((RowsAtOnce - 1) * stride + _inputs)]);
        ref var rowA = ref Unsafe.As<short, int>(ref start);
        ref var rowB = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, stride));
        ref var rowC = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, 2 * stride));
        ref var rowD = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, 3 * stride));
        ref var weights = ref From(unit);
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var (e, f, g, h) = (a, a, a, a);
        for (nuint i = 0, at = 0; i < (nuint)_inputs / 2; i++, at += 2 * UnitsAtOnce)
        {
            var first = Load(ref weights, at);
            var second = Load(ref weights, at + UnitsAtOnce);
            var pair = Vector256.Create(Unsafe.Add(ref rowA, i)).AsInt16();
            a += Products(pair, first);
            e += Products(pair, second);
            pair = Vector256.Create(Unsafe.Add(ref rowB, i)).AsInt16();
            b += Products(pair, first);
            f += Products(pair, second);
            pair = Vector256.Create(Unsafe.Add(ref rowC, i)).AsInt16();
            c += Products(pair, first);
            g += Products(pair, second);
            pair = Vector256.Create(Unsafe.Add(ref rowD, i)).AsInt16();
            d += Products(pair, first);
            h += Products(pair, second);
        }

        Finish(a, e, scale, unit, outputs);
        Finish(b, f, scale, unit, outputs[Units..]);
        Finish(c, g, scale, unit, outputs[(2 * Units)..]);
        Finish(d, h, scale, unit, outputs[(3 * Units)..]);
        return UnitsAtOnce;
    }

    /// <summary>What thirty-two units make of four rows: each input is read once for all of them, and reading is what takes the time.</summary>
    private void AnswerFourWide(int unit, ReadOnlySpan<short> inputs, int stride, float scale, Span<float> outputs)
    {
        ref var start = ref MemoryMarshal.GetReference(inputs[..((RowsAtOnce - 1) * stride + _inputs)]);
        ref var rowA = ref Unsafe.As<short, int>(ref start);
        ref var rowB = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, stride));
        ref var rowC = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, 2 * stride));
        ref var rowD = ref Unsafe.As<short, int>(ref Unsafe.Add(ref start, 3 * stride));
        ref var low = ref From(unit);
        ref var high = ref From(unit + UnitsAtOnce);

        // One by one: of a tuple of eight the compiler keeps half in memory, which takes twice as long.
        var lowA = Vector512<int>.Zero;
        var lowB = Vector512<int>.Zero;
        var lowC = Vector512<int>.Zero;
        var lowD = Vector512<int>.Zero;
        var highA = Vector512<int>.Zero;
        var highB = Vector512<int>.Zero;
        var highC = Vector512<int>.Zero;
        var highD = Vector512<int>.Zero;
        for (nuint i = 0, at = 0; i < (nuint)_inputs / 2; i++, at += 2 * UnitsAtOnce)
        {
            var first = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref low, at));
            var second = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref high, at));
            var pairA = Vector512.Create(Unsafe.Add(ref rowA, i)).AsInt16();
            lowA += Avx512BW.MultiplyAddAdjacent(pairA, first);
            highA += Avx512BW.MultiplyAddAdjacent(pairA, second);
            var pairB = Vector512.Create(Unsafe.Add(ref rowB, i)).AsInt16();
            lowB += Avx512BW.MultiplyAddAdjacent(pairB, first);
            highB += Avx512BW.MultiplyAddAdjacent(pairB, second);
            var pairC = Vector512.Create(Unsafe.Add(ref rowC, i)).AsInt16();
            lowC += Avx512BW.MultiplyAddAdjacent(pairC, first);
            highC += Avx512BW.MultiplyAddAdjacent(pairC, second);
            var pairD = Vector512.Create(Unsafe.Add(ref rowD, i)).AsInt16();
            lowD += Avx512BW.MultiplyAddAdjacent(pairD, first);
            highD += Avx512BW.MultiplyAddAdjacent(pairD, second);
        }

        Finish(lowA, highA, scale, unit, outputs);
        Finish(lowB, highB, scale, unit, outputs[Units..]);
        Finish(lowC, highC, scale, unit, outputs[(2 * Units)..]);
        Finish(lowD, highD, scale, unit, outputs[(3 * Units)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Vector512<int> low, Vector512<int> high, float scale, int unit, Span<float> output)
    {
        Finish(low.GetLower(), low.GetUpper(), scale, unit, output);
        Finish(high.GetLower(), high.GetUpper(), scale, unit + UnitsAtOnce, output);
    }

    /// <summary>Where the weights of sixteen units begin, those of the first two inputs first.</summary>
    private ref sbyte From(int unit) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), unit * _inputs);

    /// <summary>The weights of eight units for two inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(ref sbyte weights, nuint at)
    {
        var bytes = Vector128.LoadUnsafe(ref weights, at);
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int16(bytes) : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }

    /// <summary>Of each unit the sum of its two products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> inputs, Vector256<short> weights)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(inputs, weights);
        }

        return Vector256.Create(Products(inputs.GetLower(), weights.GetLower()), Products(inputs.GetUpper(), weights.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Products(Vector128<short> inputs, Vector128<short> weights)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(inputs, weights);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return AdvSimd.Arm64.AddPairwise(AdvSimd.MultiplyWideningLower(inputs.GetLower(), weights.GetLower()), AdvSimd.MultiplyWideningUpper(inputs, weights));
        }

        var (left, right) = (inputs.AsInt32(), weights.AsInt32());
        return ((left << 16) >> 16) * ((right << 16) >> 16) + (left >> 16) * (right >> 16);
    }

    /// <summary>Writes what sixteen units make of their sums: scaled, with their biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Vector256<int> first, Vector256<int> second, float scale, int unit, Span<float> output)
    {
        Finish(first, scale, unit).CopyTo(output[unit..]);
        Finish(second, scale, unit + 8).CopyTo(output[(unit + 8)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Finish(Vector256<int> sums, float scale, int unit) =>
        Vector256.Max(
            Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(sums), Vector256.Create(_scales.AsSpan(unit)) * scale, Vector256.Create(_biases.AsSpan(unit))),
            _floor);

    private static float LargestOf(ReadOnlySpan<float> numbers)
    {
        var found = Vector256<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(numbers);
        foreach (var vector in vectors)
        {
            found = Vector256.Max(found, Vector256.Abs(vector));
        }

        var largest = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            largest = Math.Max(largest, found[lane]);
        }

        for (var i = vectors.Length * Vector256<float>.Count; i < numbers.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(numbers[i]));
        }

        return largest;
    }

    /// <summary>The lower two bytes are the rounded number; a conversion would mind numbers that are too large, and here are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToIntegers(Vector256<float> numbers, float times) => (numbers * times + Vector256.Create(RoundsToOnes)).AsInt32();

    private static sbyte[] Pack(sbyte[] rows, int inputs, int units)
    {
        var (packed, at) = (new sbyte[rows.Length], 0);
        for (var unit = 0; unit < units; unit += UnitsAtOnce)
        {
            for (var input = 0; input < inputs; input += 2)
            {
                var first = rows.AsSpan(input * units + unit, UnitsAtOnce);
                var second = rows.AsSpan((input + 1) * units + unit, UnitsAtOnce);
                for (var i = 0; i < UnitsAtOnce; i++)
                {
                    packed[at++] = first[i];
                    packed[at++] = second[i];
                }
            }
        }

        return packed;
    }
}
