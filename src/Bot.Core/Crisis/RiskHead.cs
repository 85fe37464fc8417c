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
        Span<short> inputs = stackalloc short[pool.Length];
        Span<float> hidden = stackalloc float[_weights.Units];
        _weights.Answer(inputs, SmallWeights.Round(pool, inputs), hidden);
        var none = Math.Exp(Sum(hidden, 0));
        var concern = Math.Exp(Sum(hidden, 1));
        var acute = Math.Exp(Sum(hidden, 2));
        var all = none + concern + acute;
        return new Risk(acute / all, concern / all);
    }

    private float Sum(ReadOnlySpan<float> hidden, int kind) => _classBiases[kind] + Vectors.Dot(_classWeights.AsSpan(kind * hidden.Length, hidden.Length), hidden);
}
