using System.Numerics;
using System.Runtime.InteropServices;

namespace Bot.Core.Text;

/// <summary>The few sums over vectors that the models need, with the processor's widest registers.</summary>
public static class Vectors
{
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

    public static float Length(ReadOnlySpan<float> vector) => MathF.Sqrt(Dot(vector, vector));

    public static void Scale(Span<float> vector, float factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }
}
