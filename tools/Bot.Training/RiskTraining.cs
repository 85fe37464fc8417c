using System.Globalization;
using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Training;

/// <summary>
/// Trains the statistical part of the crisis screen: multinomial logistic regression, AdaGrad, seeded, seconds on one core.
/// It reads the developers' labelled messages, our own (never <c>tests/crisis/fresh.tsv</c>), and ordinary messages as negatives.
/// </summary>
internal static class RiskTraining
{
    private const int Classes = 2;
    private const int Epochs = 40;
    private const float Rate = 0.35f;
    private const float Decay = 2e-6f;
    private const float LabelledWeight = 3f;
    private const float OrdinaryWeight = 0.5f;
    private const int Seed = 20261123;

    /// <summary>Questions to banks, assistants and shops, under licences that allow it (NOTICE.md).</summary>
    private static readonly string[] OrdinarySets = ["banking77", "clinc150", "hint3-curekart", "nlpjs-corpus50"];

    /// <summary>Public posts of real people without a licence: measured with, never trained on.</summary>
    private const string Unlicensed = "twitter-sbu";

    public static void Run(string data, string outputFile, TextWriter output)
    {
        var examples = Read(data);
        output.WriteLine($"{examples.Count} messages: {string.Join(", ", examples.GroupBy(example => example.Label).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"))}");
        var weights = new float[RiskFeatures.Buckets * Classes];
        var bias = new float[Classes];
        Train(examples, weights, bias);
        using (var stream = File.Create(outputFile))
        {
            RiskModel.Write(stream, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), examples.Count, bias[0], bias[1], weights);
        }

        output.WriteLine($"{outputFile}: {new FileInfo(outputFile).Length / 1024} KiB");
    }

    private static List<Example> Read(string data)
    {
        var examples = new List<Example>();
        foreach (var file in new[] { Path.Combine(data, "crisis", "crisis-dev.tsv"), Path.Combine("tests", "crisis", "messages.tsv") })
        {
            foreach (var row in File.ReadLines(file).Skip(1).Select(line => line.Split('\t')).Where(row => row[5] != Unlicensed))
            {
                Add(row[1], row[4] switch { "acute" => 1, "concern" => 2, _ => 0 }, LabelledWeight);
            }
        }

        foreach (var file in OrdinarySets.Select(set => Path.Combine(data, "matching", set, "train.tsv")))
        {
            foreach (var line in File.ReadLines(file).Where(line => line.Contains('\t', StringComparison.Ordinal)))
            {
                Add(line.Split('\t')[1], 0, OrdinaryWeight);
            }
        }

        foreach (var file in Directory.GetFiles(Path.Combine("dialogs", "knowledge-base"), "*.qna").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file).Where(line => line.StartsWith("- ", StringComparison.Ordinal) && !line.StartsWith("- [", StringComparison.Ordinal) && !line.Contains(" = ", StringComparison.Ordinal)))
            {
                Add(line[2..], 0, OrdinaryWeight);
            }
        }

        return examples;

        void Add(string text, int label, float weight)
        {
            var example = new Example(label, weight, [], []);
            RiskFeatures.Visit(TextNormalizer.Tokenize(text).ToArray(), ref example, static (ref Example state, int bucket, float value) =>
            {
                state.Buckets.Add(bucket);
                state.Values.Add(value);
            });
            examples.Add(example);
        }
    }

    private static void Train(List<Example> examples, float[] weights, float[] bias)
    {
        var random = new Random(Seed);
        var squares = new float[weights.Length];
        var biasSquares = new float[Classes];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        Span<float> gradient = stackalloc float[Classes];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                var example = examples[index];
                var acute = bias[0];
                var concern = bias[1];
                for (var i = 0; i < example.Buckets.Count; i++)
                {
                    acute += weights[example.Buckets[i] * Classes] * example.Values[i];
                    concern += weights[example.Buckets[i] * Classes + 1] * example.Values[i];
                }

                var (acuteOdds, concernOdds) = (MathF.Exp(acute), MathF.Exp(concern));
                var all = 1 + acuteOdds + concernOdds;
                gradient[0] = (acuteOdds / all - (example.Label == 1 ? 1 : 0)) * example.Weight;
                gradient[1] = (concernOdds / all - (example.Label == 2 ? 1 : 0)) * example.Weight;
                for (var one = 0; one < Classes; one++)
                {
                    Step(ref bias[one], ref biasSquares[one], gradient[one], 0);
                    for (var i = 0; i < example.Buckets.Count; i++)
                    {
                        var at = example.Buckets[i] * Classes + one;
                        Step(ref weights[at], ref squares[at], gradient[one] * example.Values[i], Decay);
                    }
                }
            }
        }
    }

    private static void Step(ref float weight, ref float squares, float gradient, float decay)
    {
        gradient += decay * weight;
        squares += gradient * gradient;
        weight -= Rate * gradient / (MathF.Sqrt(squares) + 1e-6f);
    }

    private sealed record Example(int Label, float Weight, List<int> Buckets, List<float> Values);
}
