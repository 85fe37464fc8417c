using System.Globalization;
using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Training;

/// <summary>
/// Trains the statistical part of the crisis screen: multinomial logistic regression, AdaGrad, seeded, seconds on one core.
/// It reads the developers' labelled messages, our own (never <c>tests/crisis/fresh.tsv</c>), ordinary messages as negatives, and, when they
/// are given, texts that a larger model judged (teacher/teacher.py): what that model knows of words nobody labelled comes over with them.
/// </summary>
internal static class RiskTraining
{
    private const int Classes = 2;
    private const int Epochs = 12;
    private const float Rate = 0.35f;
    private const float Decay = 2e-6f;
    private const float LabelledWeight = 6f;
    private const float OrdinaryWeight = 0.5f;
    private const float PhrasingWeight = 3f;
    private const float JudgedWeight = 1f;
    private const int Seed = 20261123;

    /// <summary>Questions to banks, assistants and shops, under licences that allow it (NOTICE.md).</summary>
    private static readonly string[] OrdinarySets = ["banking77", "clinc150", "hint3-curekart", "nlpjs-corpus50"];

    /// <summary>Public posts of real people without a licence: measured with, never trained on.</summary>
    private const string Unlicensed = "twitter-sbu";

    public static void Run(string data, string? judgedFile, string outputFile, TextWriter output)
    {
        var examples = Read(data);
        var labelled = examples.Count;
        if (judgedFile is not null)
        {
            foreach (var row in File.ReadLines(judgedFile).Select(line => line.Split('\t')))
            {
                examples.Add(ToExample(row[0], float.Parse(row[1], CultureInfo.InvariantCulture), float.Parse(row[2], CultureInfo.InvariantCulture), JudgedWeight));
            }
        }

        output.WriteLine($"{labelled} messages, {examples.Count - labelled} more judged by the teacher.");
        var weights = new float[RiskFeatures.Buckets * Classes];
        var bias = new float[Classes];
        Train(examples, weights, bias);
        using (var stream = File.Create(outputFile))
        {
            RiskModel.Write(stream, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), labelled, bias[0], bias[1], weights);
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
                examples.Add(ToExample(row[1], row[4] == "acute" ? 1 : 0, row[4] == "concern" ? 1 : 0, LabelledWeight));
            }
        }

        foreach (var line in File.ReadLines(Path.Combine("dialogs", "crisis", "look-alikes.yml")).Where(line => line.StartsWith("  - ", StringComparison.Ordinal)))
        {
            examples.Add(ToExample(line[4..], 0, 0, LabelledWeight));
        }

        foreach (var file in OrdinarySets.Select(set => Path.Combine(data, "matching", set)).Select(folder => File.Exists(Path.Combine(folder, "train_all.tsv")) ? Path.Combine(folder, "train_all.tsv") : Path.Combine(folder, "train.tsv")))
        {
            foreach (var line in File.ReadLines(file).Where(line => line.Contains('\t', StringComparison.Ordinal)))
            {
                examples.Add(ToExample(line.Split('\t')[1], 0, 0, OrdinaryWeight));
            }
        }

        foreach (var file in Directory.GetFiles(Path.Combine("dialogs", "knowledge-base"), "*.qna").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file).Where(line => line.StartsWith("- ", StringComparison.Ordinal) && !line.StartsWith("- [", StringComparison.Ordinal) && !line.Contains(" = ", StringComparison.Ordinal)))
            {
                examples.Add(ToExample(line[2..], 0, 0, PhrasingWeight));
            }
        }

        return examples;
    }

    private static Example ToExample(string text, float acute, float concern, float weight)
    {
        var features = new Features([], []);
        RiskFeatures.Visit(TextNormalizer.Tokenize(text).ToArray(), ref features, static (ref Features state, int bucket, float value) =>
        {
            state.Buckets.Add(bucket);
            state.Values.Add(value);
        });
        return new Example(acute, concern, weight, [.. features.Buckets], [.. features.Values]);
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
                for (var i = 0; i < example.Buckets.Length; i++)
                {
                    acute += weights[example.Buckets[i] * Classes] * example.Values[i];
                    concern += weights[example.Buckets[i] * Classes + 1] * example.Values[i];
                }

                var (acuteOdds, concernOdds) = (MathF.Exp(acute), MathF.Exp(concern));
                var all = 1 + acuteOdds + concernOdds;
                gradient[0] = (acuteOdds / all - example.Acute) * example.Weight;
                gradient[1] = (concernOdds / all - example.Concern) * example.Weight;
                for (var one = 0; one < Classes; one++)
                {
                    Step(ref bias[one], ref biasSquares[one], gradient[one], 0);
                    for (var i = 0; i < example.Buckets.Length; i++)
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

    /// <summary>Acute and Concern: how likely danger and distress are, 0 or 1 where the message is labelled, between where the teacher judged.</summary>
    private sealed record Example(float Acute, float Concern, float Weight, int[] Buckets, float[] Values);

    private sealed record Features(List<int> Buckets, List<float> Values);
}
