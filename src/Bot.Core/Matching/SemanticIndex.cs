using Bot.Core.Sentences;

namespace Bot.Core.Matching;

/// <summary>
/// A knowledge base's phrasings as vectors, and a linear classifier of its answers over them, trained when the knowledge base is loaded:
/// the nearest phrasing says what is meant in other words, the classifier what tells the answers apart. Immutable once built; deterministic.
/// </summary>
internal sealed class SemanticIndex
{
    /// <summary>Beyond this many answers the classifier is left out: training it would take longer than a second.</summary>
    private const int MostClasses = 400;

    private const int Epochs = 30;
    private const float Rate = 0.6f;
    private const int Seed = 20261123;

    private readonly SentenceModel _model;
    private readonly int _size;
    private readonly float[] _vectors;
    private readonly int[] _answerOf;
    private readonly string[] _texts;
    private readonly int _answers;
    private readonly float[]? _weights;
    private readonly float[] _biases;

    private SemanticIndex(SentenceModel model, float[] vectors, int[] answerOf, string[] texts, int answers)
    {
        _texts = texts;
        _model = model;
        _size = model.Size;
        _vectors = vectors;
        _answerOf = answerOf;
        _answers = answers;
        _biases = new float[answers];
        _weights = answers is > 1 and <= MostClasses ? Train() : null;
    }

    /// <param name="model">The sentence model.</param>
    /// <param name="phrasings">The phrasings of each answer, in the answers' order: as they are written, and their words.</param>
    public static SemanticIndex Build(SentenceModel model, IReadOnlyList<IReadOnlyList<(string Text, IReadOnlyList<string> Words)>> phrasings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(phrasings);
        var texts = phrasings.SelectMany((own, answer) => own.Select(phrasing => (phrasing.Text, phrasing.Words, Answer: answer))).ToList();
        var vectors = new float[texts.Count * model.Size];
        for (var i = 0; i < texts.Count; i++)
        {
            model.Embed(texts[i].Words, vectors.AsSpan(i * model.Size, model.Size));
        }

        return new SemanticIndex(model, vectors, [.. texts.Select(text => text.Answer)], [.. texts.Select(text => text.Text)], phrasings.Count);
    }

    /// <summary>For each answer: how near its nearest phrasing is (a cosine), which one that is, and how probable the classifier thinks it.</summary>
    public void Score(IReadOnlyList<string> words, Span<float> nearest, Span<int> closest, Span<float> probabilities)
    {
        Span<float> query = stackalloc float[_size];
        _model.Embed(words, query);
        nearest.Fill(-1);
        for (var row = 0; row < _answerOf.Length; row++)
        {
            var likeness = SentenceModel.Dot(query, _vectors.AsSpan(row * _size, _size));
            ref var best = ref nearest[_answerOf[row]];
            if (likeness > best)
            {
                best = likeness;
                closest[_answerOf[row]] = row;
            }
        }

        if (_weights is null)
        {
            probabilities.Clear();
            return;
        }

        Classify(query, probabilities);
    }

    /// <summary>The phrasing of a row that <see cref="Score"/> named.</summary>
    public string PhrasingAt(int row) => _texts[row];

    private void Classify(ReadOnlySpan<float> vector, Span<float> probabilities)
    {
        var largest = float.MinValue;
        for (var answer = 0; answer < _answers; answer++)
        {
            probabilities[answer] = _biases[answer] + SentenceModel.Dot(vector, _weights.AsSpan(answer * _size, _size));
            largest = Math.Max(largest, probabilities[answer]);
        }

        var sum = 0f;
        foreach (ref var probability in probabilities)
        {
            probability = MathF.Exp(probability - largest);
            sum += probability;
        }

        foreach (ref var probability in probabilities)
        {
            probability /= sum;
        }
    }

    /// <summary>Softmax regression by stochastic gradient; an answer's steps shrink as its own gradients add up.</summary>
    private float[] Train()
    {
        var weights = new float[_answers * _size];
        var squares = new float[_answers];
        var random = new Random(Seed);
        var order = Enumerable.Range(0, _answerOf.Length).ToArray();
        var odds = new float[_answers];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            var rate = Rate * (1 - (float)epoch / Epochs) + 0.02f;
            foreach (var row in order)
            {
                var vector = _vectors.AsSpan(row * _size, _size);
                var largest = float.MinValue;
                for (var answer = 0; answer < _answers; answer++)
                {
                    odds[answer] = _biases[answer] + SentenceModel.Dot(vector, weights.AsSpan(answer * _size, _size));
                    largest = Math.Max(largest, odds[answer]);
                }

                var sum = 0f;
                for (var answer = 0; answer < _answers; answer++)
                {
                    odds[answer] = MathF.Exp(odds[answer] - largest);
                    sum += odds[answer];
                }

                for (var answer = 0; answer < _answers; answer++)
                {
                    var gradient = odds[answer] / sum - (answer == _answerOf[row] ? 1 : 0);
                    if (Math.Abs(gradient) < 1e-4f)
                    {
                        continue;
                    }

                    squares[answer] += gradient * gradient;
                    var step = rate * gradient * 4 / (1 + MathF.Sqrt(squares[answer]) * 0.1f);
                    SentenceModel.AddScaled(vector, -step, weights.AsSpan(answer * _size, _size));
                    _biases[answer] -= step * 0.02f;
                }
            }
        }

        return weights;
    }
}
