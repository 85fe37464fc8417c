using System.Runtime.Intrinsics;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>One hidden layer, and what it makes of a message: from the filters' answers to a judgement. Immutable.</summary>
internal sealed class RiskHead
{
    private const int Classes = 3;

    private readonly SmallWeights _weights;
    private readonly float[] _classWeights;
    private readonly float[] _classBiases;

    public RiskHead(BinaryReader reader, int inputs, int hidden)
    {
        _weights = new SmallWeights(reader, inputs, hidden);
        _classWeights = EmbeddingTable.ReadFloats(reader, Classes * hidden);
        _classBiases = EmbeddingTable.ReadFloats(reader, Classes);
    }

    /// <param name="pool">Of each filter the strongest and the average answer.</param>
    public Risk Weigh(ReadOnlySpan<float> pool)
    {
        Span<float> hidden = stackalloc float[_weights.Units];
        for (var unit = 0; unit < hidden.Length; unit += SmallWeights.UnitsAtOnce)
        {
            ref var weights = ref _weights.From(unit);
            var (first, second) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var (third, fourth) = (first, first);
            nuint at = 0;
            for (var i = 0; i < pool.Length; i += 2, at += 2 * SmallWeights.UnitsAtOnce)
            {
                var factor = Vector256.Create(pool[i]);
                first = Vector256.MultiplyAddEstimate(factor, SmallWeights.Load(ref weights, at), first);
                second = Vector256.MultiplyAddEstimate(factor, SmallWeights.Load(ref weights, at + 8), second);
                factor = Vector256.Create(pool[i + 1]);
                third = Vector256.MultiplyAddEstimate(factor, SmallWeights.Load(ref weights, at + 16), third);
                fourth = Vector256.MultiplyAddEstimate(factor, SmallWeights.Load(ref weights, at + 24), fourth);
            }

            _weights.Finish(first + third, unit, hidden[unit..]);
            _weights.Finish(second + fourth, unit + 8, hidden[(unit + 8)..]);
        }

        var none = Math.Exp(Sum(hidden, 0));
        var concern = Math.Exp(Sum(hidden, 1));
        var acute = Math.Exp(Sum(hidden, 2));
        var all = none + concern + acute;
        return new Risk(acute / all, concern / all);
    }

    private float Sum(ReadOnlySpan<float> hidden, int kind) => _classBiases[kind] + Vectors.Dot(_classWeights.AsSpan(kind * hidden.Length, hidden.Length), hidden);
}
