using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>Filters over the vectors of three words in a row; what they answer is never below zero. Immutable.</summary>
internal sealed class Convolution
{
    /// <summary>How many words a filter sees.</summary>
    public const int Reach = 3;

    /// <summary>Words worked on at once, so that the weights are read once for all of them.</summary>
    public const int WordsAtOnce = 4;

    /// <summary>Filters worked on at once: two registers of eight numbers.</summary>
    private const int FiltersAtOnce = 16;

    private readonly int _size;
    private readonly float[] _weights;
    private readonly float[] _biases;

    /// <summary>Reads the weights (a row for each number of each word) and the biases.</summary>
    public Convolution(BinaryReader reader, int size, int filters)
    {
        _size = size;
        Filters = filters;
        _weights = Pack(EmbeddingTable.ReadScaled(reader, Reach * size, filters), filters);
        _biases = EmbeddingTable.ReadFloats(reader, filters);
    }

    public int Filters { get; }

    /// <summary>Numbers that the inputs of so many words take: an empty word stands before and after, and words are worked on four at a time.</summary>
    public static int InputLength(int words, int size) => (words + Reach - 1 + WordsAtOnce) * size;

    /// <summary>What the filters answer to each word and its neighbours.</summary>
    /// <param name="inputs">The vector of the word before the first, those of the words, and those after; what is read beyond the word after the last changes nothing.</param>
    /// <param name="outputs">One row of answers a word.</param>
    /// <param name="words">How many words.</param>
    public void Apply(ReadOnlySpan<float> inputs, Span<float> outputs, int words)
    {
        Span<float> spare = stackalloc float[WordsAtOnce * Filters];
        for (var word = 0; word < words; word += WordsAtOnce)
        {
            var window = inputs.Slice(word * _size, (Reach + WordsAtOnce - 1) * _size);
            if (word + WordsAtOnce <= words)
            {
                ApplyToFour(window, outputs.Slice(word * Filters, spare.Length));
            }
            else
            {
                ApplyToFour(window, spare);
                spare[..((words - word) * Filters)].CopyTo(outputs[(word * Filters)..]);
            }
        }
    }

    private void ApplyToFour(ReadOnlySpan<float> window, Span<float> output)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref var inputs = ref MemoryMarshal.GetReference(window);
        for (var filter = 0; filter < Filters; filter += FiltersAtOnce)
        {
            var first = Vector256.Create(_biases.AsSpan(filter));
            var second = Vector256.Create(_biases.AsSpan(filter + 8));
            var (a, b, c, d) = (first, first, first, first);
            var (e, f, g, h) = (second, second, second, second);
            var at = (nuint)(filter * Reach * _size);
            for (var i = 0; i < Reach * _size; i++, at += FiltersAtOnce)
            {
                first = Vector256.LoadUnsafe(ref weights, at);
                second = Vector256.LoadUnsafe(ref weights, at + 8);
                var factor = Vector256.Create(Unsafe.Add(ref inputs, i));
                a = Vector256.MultiplyAddEstimate(factor, first, a);
                e = Vector256.MultiplyAddEstimate(factor, second, e);
                factor = Vector256.Create(Unsafe.Add(ref inputs, i + _size));
                b = Vector256.MultiplyAddEstimate(factor, first, b);
                f = Vector256.MultiplyAddEstimate(factor, second, f);
                factor = Vector256.Create(Unsafe.Add(ref inputs, i + 2 * _size));
                c = Vector256.MultiplyAddEstimate(factor, first, c);
                g = Vector256.MultiplyAddEstimate(factor, second, g);
                factor = Vector256.Create(Unsafe.Add(ref inputs, i + 3 * _size));
                d = Vector256.MultiplyAddEstimate(factor, first, d);
                h = Vector256.MultiplyAddEstimate(factor, second, h);
            }

            Keep(a, e, output[filter..]);
            Keep(b, f, output[(Filters + filter)..]);
            Keep(c, g, output[(2 * Filters + filter)..]);
            Keep(d, h, output[(3 * Filters + filter)..]);
        }
    }

    private static void Keep(Vector256<float> first, Vector256<float> second, Span<float> output)
    {
        Vector256.Max(first, Vector256<float>.Zero).CopyTo(output);
        Vector256.Max(second, Vector256<float>.Zero).CopyTo(output[8..]);
    }

    /// <summary>The weights of filters that are worked on together stand together.</summary>
    private static float[] Pack(float[] weights, int filters)
    {
        var rows = weights.Length / filters;
        var packed = new float[weights.Length];
        for (var i = 0; i < packed.Length; i++)
        {
            var (filter, row) = (i % filters, i / filters);
            packed[(filter / FiltersAtOnce * rows + row) * FiltersAtOnce + filter % FiltersAtOnce] = weights[i];
        }

        return packed;
    }
}
