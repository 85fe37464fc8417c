using System.Buffers;
using Bot.Core.Sentences;

namespace Bot.Core.Matching;

/// <summary>
/// A knowledge base's phrasings as vectors: the nearest phrasing says what is meant in other words, a classifier over them what tells the answers
/// apart. Searched exactly, row by row. Immutable once built; deterministic.
/// </summary>
internal sealed class SemanticIndex
{
    /// <summary>Beyond this many answers no classifier is trained, which would take longer than a second: the nearest phrasings share the probability.</summary>
    private const int MostClasses = 400;

    /// <summary>How much nearer a phrasing must be to be e times as probable, where there is no classifier.</summary>
    private const float Temperature = 0.045f;

    /// <summary>How near something is that is asked about nothing here: a rival that all answers share.</summary>
    private const float Stranger = 0.64f;

    private readonly ITextEncoder _encoder;
    private readonly int _size;
    private readonly QuantizedRows _rows;
    private readonly int[] _starts;
    private readonly LinearClassifier? _classifier;
    private readonly LikenessRange _range;

    private SemanticIndex(ITextEncoder encoder, float[] vectors, int[] starts)
    {
        _encoder = encoder;
        _size = encoder.Size;
        _starts = starts;
        _rows = QuantizedRows.Of(vectors, _size);
        _classifier = Answers is > 1 and <= MostClasses ? LinearClassifier.Train(vectors, _size, starts) : null;
        _range = encoder.IsFitted ? LikenessRange.Fitted : LikenessRange.Measure(vectors, _size, starts);
    }

    private int Answers => _starts.Length - 1;

    /// <summary>The index, or null when the encoder fails on a phrasing: words alone then decide.</summary>
    /// <param name="encoder">What makes vectors of texts.</param>
    /// <param name="answers">The phrasings of each answer: as they are written, and their words.</param>
    public static SemanticIndex? Build(ITextEncoder encoder, IReadOnlyList<IReadOnlyList<(string Text, IReadOnlyList<string> Words)>> answers)
    {
        var starts = new int[answers.Count + 1];
        for (var answer = 0; answer < answers.Count; answer++)
        {
            starts[answer + 1] = starts[answer] + answers[answer].Count;
        }

        var vectors = new float[starts[^1] * encoder.Size];
        var row = 0;
        foreach (var (text, words) in answers.SelectMany(phrasings => phrasings))
        {
            if (!encoder.TryEncode(text, words, vectors.AsSpan(row++ * encoder.Size, encoder.Size)))
            {
                return null;
            }
        }

        return new SemanticIndex(encoder, vectors, starts);
    }

    /// <summary>
    /// For each answer: how near its nearest phrasing is (a cosine), which of its own that is, and how probable the answer is among all.
    /// False when the question could not be encoded.
    /// </summary>
    public bool TryScore(string text, IReadOnlyList<string> words, Span<float> nearest, Span<int> closest, Span<float> probabilities)
    {
        var buffer = ArrayPool<float>.Shared.Rent(_size);
        try
        {
            var query = buffer.AsSpan(0, _size);
            if (!_encoder.TryEncode(text, words, query))
            {
                return false;
            }

            FindNearest(query, nearest, closest);
            if (_classifier is not null)
            {
                _classifier.Classify(query, probabilities);
            }
            else
            {
                ShareByNearness(nearest, probabilities);
            }

            return true;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void FindNearest(ReadOnlySpan<float> query, Span<float> nearest, Span<int> closest)
    {
        var quantized = ArrayPool<short>.Shared.Rent(_size);
        var values = quantized.AsSpan(0, _size);
        var scale = QuantizedRows.Quantize(query, values);
        for (var answer = 0; answer < Answers; answer++)
        {
            var (best, position) = (-1f, 0);
            for (var row = _starts[answer]; row < _starts[answer + 1]; row++)
            {
                var likeness = _rows.Dot(row, values, scale);
                if (likeness > best)
                {
                    (best, position) = (likeness, row - _starts[answer]);
                }
            }

            nearest[answer] = _range.Apply(best);
            closest[answer] = position;
        }

        ArrayPool<short>.Shared.Return(quantized, clearArray: true);
    }

    private static void ShareByNearness(ReadOnlySpan<float> nearest, Span<float> probabilities)
    {
        var largest = Stranger;
        foreach (var likeness in nearest)
        {
            largest = Math.Max(largest, likeness);
        }

        var sum = MathF.Exp((Stranger - largest) / Temperature);
        for (var answer = 0; answer < nearest.Length; answer++)
        {
            probabilities[answer] = MathF.Exp((nearest[answer] - largest) / Temperature);
            sum += probabilities[answer];
        }

        foreach (ref var probability in probabilities)
        {
            probability /= sum;
        }
    }
}
