using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// The weights of a layer, a byte each with a scale for each unit: a quarter of the memory to go through, so that they stay in the processor's nearer
/// caches. Units that are worked on together stand together. Immutable.
/// </summary>
internal sealed class SmallWeights
{
    /// <summary>Units worked on at once: two registers of eight numbers.</summary>
    public const int UnitsAtOnce = 16;

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;
    private readonly int _inputs;

    /// <summary>Reads the scales, the weights (a row for each input) and the biases. Throws <see cref="EndOfStreamException"/> when there are too few.</summary>
    public SmallWeights(BinaryReader reader, int inputs, int units)
    {
        _inputs = inputs;
        Units = units;
        _scales = EmbeddingTable.ReadFloats(reader, units);
        var rows = new sbyte[inputs * units];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        _weights = Pack(rows, inputs, units);
        _biases = EmbeddingTable.ReadFloats(reader, units);
    }

    public int Units { get; }

    /// <summary>Where the weights of sixteen units begin, those of the first input first.</summary>
    public ref sbyte From(int unit) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), unit * _inputs);

    /// <summary>Eight weights as numbers, without their scales.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref sbyte weights, nuint at)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref weights, at)))).AsSByte();
        if (Avx2.IsSupported)
        {
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes));
        }

        var shorts = Vector128.WidenLower(bytes);
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)));
    }

    /// <summary>Writes what eight units make of their sums: scaled, with their biases, and never below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(Vector256<float> sums, int unit, Span<float> output) =>
        Vector256.Max(Vector256.MultiplyAddEstimate(sums, Vector256.Create(_scales.AsSpan(unit)), Vector256.Create(_biases.AsSpan(unit))), Vector256<float>.Zero).CopyTo(output);

    private static sbyte[] Pack(sbyte[] rows, int inputs, int units)
    {
        var packed = new sbyte[rows.Length];
        for (var i = 0; i < packed.Length; i++)
        {
            var (unit, input) = (i % units, i / units);
            packed[(unit / UnitsAtOnce * inputs + input) * UnitsAtOnce + unit % UnitsAtOnce] = rows[i];
        }

        return packed;
    }
}
