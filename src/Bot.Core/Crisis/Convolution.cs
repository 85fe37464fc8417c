using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bot.Core.Crisis;

/// <summary>Filters over the vectors of three words in a row; what they answer is never below zero. Immutable.</summary>
internal sealed class Convolution
{
    /// <summary>How many words a filter sees.</summary>
    public const int Reach = 3;

    /// <summary>Words worked on at once, so that the weights are read once for all of them.</summary>
    public const int WordsAtOnce = 4;

    private readonly int _size;
    private readonly SmallWeights _weights;

    /// <summary>Reads the weights: an input is one number of one of the three words.</summary>
    public Convolution(BinaryReader reader, int size, int filters)
    {
        _size = size;
        _weights = new SmallWeights(reader, Reach * size, filters);
    }

    public int Filters => _weights.Units;

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
        ref var inputs = ref MemoryMarshal.GetReference(window);
        for (var filter = 0; filter < Filters; filter += SmallWeights.UnitsAtOnce)
        {
            ref var weights = ref _weights.From(filter);
            var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            var (e, f, g, h) = (a, a, a, a);
            nuint at = 0;
            for (var i = 0; i < Reach * _size; i++, at += SmallWeights.UnitsAtOnce)
            {
                var first = SmallWeights.Load(ref weights, at);
                var second = SmallWeights.Load(ref weights, at + 8);
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

            Keep(a, e, filter, output);
            Keep(b, f, filter, output[Filters..]);
            Keep(c, g, filter, output[(2 * Filters)..]);
            Keep(d, h, filter, output[(3 * Filters)..]);
        }
    }

    private void Keep(Vector256<float> first, Vector256<float> second, int filter, Span<float> output)
    {
        _weights.Finish(first, filter, output[filter..]);
        _weights.Finish(second, filter + 8, output[(filter + 8)..]);
    }
}
