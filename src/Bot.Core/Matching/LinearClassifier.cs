using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>Which answer a vector belongs to: softmax regression by stochastic gradient, trained when the knowledge base is loaded; deterministic.</summary>
internal sealed class LinearClassifier
{
    private const int Epochs = 30;
    private const float Rate = 0.6f;
    private const int Seed = 20261123;

    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly int _size;

    private LinearClassifier(int answers, int size)
    {
        _weights = new float[answers * size];
        _biases = new float[answers];
        _size = size;
    }

    /// <param name="vectors">The vectors of all phrasings, answer by answer.</param>
    /// <param name="size">How many numbers each has.</param>
    /// <param name="starts">Where each answer's begin, and at the end how many there are.</param>
    public static LinearClassifier Train(float[] vectors, int size, int[] starts)
    {
        var classifier = new LinearClassifier(starts.Length - 1, size);
        classifier.Train(vectors, [.. Enumerable.Range(0, starts.Length - 1).SelectMany(answer => Enumerable.Repeat(answer, starts[answer + 1] - starts[answer]))]);
        return classifier;
    }

    /// <summary>Writes how probable each answer is; together 1.</summary>
    public void Classify(ReadOnlySpan<float> vector, Span<float> probabilities)
    {
        var largest = float.MinValue;
        for (var answer = 0; answer < _biases.Length; answer++)
        {
            probabilities[answer] = _biases[answer] + Vectors.Dot(vector, _weights.AsSpan(answer * _size, _size));
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

    /// <summary>An answer's steps shrink as its own gradients add up.</summary>
    private void Train(float[] vectors, int[] answerOf)
    {
        var squares = new float[_biases.Length];
        var odds = new float[_biases.Length];
        var random = new Random(Seed);
        var order = Enumerable.Range(0, answerOf.Length).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            var rate = Rate * (1 - (float)epoch / Epochs) + 0.02f;
            foreach (var row in order)
            {
                var vector = vectors.AsSpan(row * _size, _size);
                Classify(vector, odds);
                for (var answer = 0; answer < odds.Length; answer++)
                {
                    var gradient = odds[answer] - (answer == answerOf[row] ? 1 : 0);
                    if (Math.Abs(gradient) < 1e-4f)
                    {
                        continue;
                    }

                    squares[answer] += gradient * gradient;
                    var step = rate * gradient * 4 / (1 + MathF.Sqrt(squares[answer]) * 0.1f);
                    Vectors.AddScaled(vector, -step, _weights.AsSpan(answer * _size, _size));
                    _biases[answer] -= step * 0.02f;
                }
            }
        }
    }
}
