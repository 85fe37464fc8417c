namespace Bot.Core.Crisis;

/// <summary>Filters over the vectors of three words in a row; what they answer is never below zero. Immutable.</summary>
internal sealed class Convolution
{
    /// <summary>How many words a filter sees.</summary>
    public const int Reach = 3;

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
    public static int InputLength(int words, int size) => (words + Reach - 1 + SmallWeights.RowsAtOnce) * size;

    /// <summary>What the filters answer to each word and its neighbours.</summary>
    /// <param name="inputs">The vector of the word before the first, those of the words, and those after; what is read beyond the word after the last changes nothing.</param>
    /// <param name="scale">What an input of 1 stands for.</param>
    /// <param name="outputs">One row of answers a word.</param>
    /// <param name="words">How many words.</param>
    public void Apply(ReadOnlySpan<short> inputs, float scale, Span<float> outputs, int words)
    {
        Span<float> spare = stackalloc float[SmallWeights.RowsAtOnce * Filters];
        for (var word = 0; word < words; word += SmallWeights.RowsAtOnce)
        {
            var window = inputs.Slice(word * _size, (Reach + SmallWeights.RowsAtOnce - 1) * _size);
            if (word + SmallWeights.RowsAtOnce <= words)
            {
                _weights.AnswerFour(window, _size, scale, outputs.Slice(word * Filters, spare.Length));
            }
            else
            {
                _weights.AnswerFour(window, _size, scale, spare);
                spare[..((words - word) * Filters)].CopyTo(outputs[(word * Filters)..]);
            }
        }
    }
}
