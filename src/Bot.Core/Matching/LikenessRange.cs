using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>
/// Brings the cosines of any encoder to those the confidence was fitted on: one model calls strangers 0.7 alike, another 0.1. Measured on the
/// knowledge base itself, each phrasing left out once: how near the rest of its own answer is, and how near the nearest other answer.
/// </summary>
internal readonly record struct LikenessRange(float Slope, float Shift)
{
    // The two means with our own sentence model on our own knowledge base.
    private const float FittedOwn = 0.85f;
    private const float FittedOther = 0.72f;

    private const int MostMeasured = 400;
    private const float SmallestGap = 0.01f;

    /// <summary>As they are.</summary>
    public static LikenessRange Fitted { get; } = new(1, 0);

    public static LikenessRange Measure(ReadOnlySpan<float> vectors, int size, int[] starts)
    {
        var (own, other, count) = (0f, 0f, 0);
        var step = Math.Max(1, starts[^1] / MostMeasured);
        for (var (row, answer) = (0, 0); row < starts[^1]; row += step)
        {
            while (starts[answer + 1] <= row)
            {
                answer++;
            }

            var (nearestOwn, nearestOther) = (float.MinValue, float.MinValue);
            var vector = vectors.Slice(row * size, size);
            for (var rival = 0; rival < starts[^1]; rival++)
            {
                if (rival != row)
                {
                    var likeness = Vectors.Dot(vector, vectors.Slice(rival * size, size));
                    if (rival >= starts[answer] && rival < starts[answer + 1])
                    {
                        nearestOwn = Math.Max(nearestOwn, likeness);
                    }
                    else
                    {
                        nearestOther = Math.Max(nearestOther, likeness);
                    }
                }
            }

            if (nearestOwn > float.MinValue && nearestOther > float.MinValue)
            {
                (own, other, count) = (own + nearestOwn, other + nearestOther, count + 1);
            }
        }

        // One phrasing an answer, one answer, or a model that cannot tell them apart: nothing to go by.
        if (count == 0 || (own - other) / count < SmallestGap)
        {
            return Fitted;
        }

        var slope = (FittedOwn - FittedOther) * count / (own - other);
        return new LikenessRange(slope, FittedOwn - slope * own / count);
    }

    public float Apply(float likeness) => Math.Clamp(Slope * likeness + Shift, -1, 1);
}
