using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>One hidden layer, and what it makes of a message: from the filters' answers to a judgement. Immutable.</summary>
internal sealed class RiskHead
{
    private const int Classes = 3;

    /// <summary>Units worked on at once: four registers of eight numbers.</summary>
    private const int AtOnce = 32;

    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly float[] _classWeights;
    private readonly float[] _classBiases;

    public RiskHead(BinaryReader reader, int inputs, int hidden)
    {
        _weights = EmbeddingTable.ReadScaled(reader, inputs, hidden);
        _biases = EmbeddingTable.ReadFloats(reader, hidden);
        _classWeights = EmbeddingTable.ReadFloats(reader, Classes * hidden);
        _classBiases = EmbeddingTable.ReadFloats(reader, Classes);
    }

    /// <param name="pool">Of each filter the strongest and the average answer.</param>
    public Risk Weigh(ReadOnlySpan<float> pool)
    {
        Span<float> hidden = stackalloc float[_biases.Length];
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (var unit = 0; unit < hidden.Length; unit += AtOnce)
        {
            var (first, second, third, fourth) = (Biases(unit), Biases(unit + 8), Biases(unit + 16), Biases(unit + 24));
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

            Keep(first, hidden[unit..]);
            Keep(second, hidden[(unit + 8)..]);
            Keep(third, hidden[(unit + 16)..]);
            Keep(fourth, hidden[(unit + 24)..]);
        }

        var none = Math.Exp(Sum(hidden, 0));
        var concern = Math.Exp(Sum(hidden, 1));
        var acute = Math.Exp(Sum(hidden, 2));
        var all = none + concern + acute;
        return new Risk(acute / all, concern / all);
    }

    private Vector256<float> Biases(int unit) => Vector256.Create(_biases.AsSpan(unit));

    private static void Keep(Vector256<float> units, Span<float> hidden) => Vector256.Max(units, Vector256<float>.Zero).CopyTo(hidden);

    private float Sum(ReadOnlySpan<float> hidden, int kind) => _classBiases[kind] + Vectors.Dot(_classWeights.AsSpan(kind * hidden.Length, hidden.Length), hidden);
}
