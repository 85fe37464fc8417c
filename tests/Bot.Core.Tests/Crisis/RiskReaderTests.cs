using System.Runtime.Intrinsics;
using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Core.Tests.Crisis;

public class RiskReaderTests
{
    private static readonly string[] Names = ["[CLS]", "[SEP]", "[UNK]", "i", "want", "##ing", "so", "no", "sob", "##er", "?", ","];

    private static readonly string[] Spanish = ["no", "quiero", "sola"];

    private static readonly WordPieces Pieces = new(Rows(Names, 0), Rows(Spanish, Names.Length));

    [Theory]
    [InlineData("I want so, so much?", "i want so , so much ?")]
    [InlineData("no\nyes", "no . yes")]
    [InlineData("  no   yes\n\n", "no yes")]
    [InlineData("stop it; now... why?!", "stop it . now . why ?")]
    [InlineData("don't, please", "do not , please")]
    [InlineData("¿no?", "no ?")]
    [InlineData("?!", "")]
    public void MarkedWords_KeepTheMarksThatSayMost(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', MarkedWords.Of(text, TextNormalizer.Tokenize(text))));

    [Theory]
    [InlineData("i want so", false, "[CLS] i want so [SEP]")]
    [InlineData("wanting sober", false, "[CLS] want ##ing sob ##er [SEP]")]
    [InlineData("no quiero", false, "[CLS] no es:quiero [SEP]")]
    [InlineData("no quiero", true, "[CLS] es:no es:quiero [SEP]")]
    [InlineData("so sola", true, "[CLS] so es:sola [SEP]")]
    [InlineData("want xyz so", false, "[CLS] want [UNK] so [SEP]")]
    [InlineData("i i i i i i i i i i i i", false, "[CLS] i i i i i i [SEP]")]
    [InlineData("i i i i i wanting so", false, "[CLS] i i i i i want [SEP]")]
    public void Split_GivesEnglishInPiecesAndSpanishInWords(string words, bool isSpanish, string expected)
    {
        Span<int> rows = stackalloc int[8];
        var count = Pieces.Split(words.Split(' '), isSpanish, rows);

        Assert.Equal(expected, string.Join(' ', rows[..count].ToArray().Select(row => row < Names.Length ? Names[row] : "es:" + Spanish[row - Names.Length])));
    }

    [Fact]
    public void WordPieces_WithoutAPieceThatEveryModelHas_NamesIt() =>
        Assert.Contains("[SEP]", Assert.Throws<InvalidDataException>(() => new WordPieces(Rows(["[CLS]", "[UNK]"], 0), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Exponential_IsThePowerOfE()
    {
        for (var x = -87f; x < 88; x += 0.0103f)
        {
            var powers = Exponential.Of(Vector256.Create(x));

            Assert.InRange(powers[0] / Math.Exp(x), 1 - 4e-7, 1 + 4e-7);
            Assert.Equal(powers[0], powers[7]);
        }

        Assert.Equal(1, Exponential.Of(Vector256<float>.Zero)[0]);
        Assert.InRange(Exponential.Of(Vector256.Create(float.NegativeInfinity))[0], 0, 1e-37f);
        Assert.InRange(Exponential.Of(Vector256.Create(1e9f))[0], 1e38f, float.MaxValue);
    }

    [Fact]
    public void Gelu_IsXTimesTheNormalDistribution()
    {
        float[] numbers = [-4, -1, -0.5f, 0, 0.5f, 1, 2, 6];
        double[] expected = [-0.00012669, -0.15865525, -0.15426877, 0, 0.34573123, 0.84134475, 1.95449974, 6];

        Gelu.Apply(numbers);

        Assert.All(numbers.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void AnswerAll_AnyNumberOfRows_IsTheSumOfTheProducts(int rows)
    {
        const int Inputs = 6, Units = 32;
        var random = new Random(7);
        var scales = Enumerable.Range(0, Units).Select(_ => random.NextSingle()).ToArray();
        var weights = Enumerable.Range(0, Inputs * Units).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
        var biases = Enumerable.Range(0, Units).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var inputs = Enumerable.Range(0, rows * Inputs).Select(_ => (short)random.Next(-8191, 8192)).ToArray();
        byte[] file = [.. scales.SelectMany(BitConverter.GetBytes), .. weights.Select(weight => (byte)weight), .. biases.SelectMany(BitConverter.GetBytes)];
        using var reader = new BinaryReader(new MemoryStream(file));
        var outputs = new float[rows * Units];

        new SmallWeights(reader, Inputs, Units, isRectified: false).AnswerAll(inputs, 0.001f, outputs, rows);

        for (var (row, unit) = (0, 0); row < rows; (row, unit) = unit + 1 < Units ? (row, unit + 1) : (row + 1, 0))
        {
            var sum = Enumerable.Range(0, Inputs).Sum(input => inputs[row * Inputs + input] * weights[input * Units + unit]);
            Assert.Equal(sum * scales[unit] * 0.001 + biases[unit], outputs[row * Units + unit], 0.05);
        }
    }

    [Fact]
    public void Round_AnyLength_IsTheNearestStepOfTheLargest()
    {
        foreach (var length in (int[])[1, 7, 16, 33])
        {
            var random = new Random(length);
            var numbers = Enumerable.Range(0, length).Select(_ => random.NextSingle() * 6 - 3).ToArray();
            var rounded = new short[length];

            var step = SmallWeights.Round(numbers, rounded);

            Assert.Equal(numbers.Max(MathF.Abs) / 8191, step, 1e-9);
            Assert.All(numbers.Zip(rounded), pair => Assert.Equal(pair.First, pair.Second * step, step * 0.501f));
        }
    }

    [Fact]
    public void Round_NothingButZeros_IsZeros()
    {
        var rounded = new short[] { 1, 2, 3 };

        Assert.Equal(1, SmallWeights.Round([0, 0, 0], rounded));
        Assert.Equal([0, 0, 0], rounded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public void TransformerLayer_AnyNumberOfPieces_IsWhatItsDefinitionSays(int count)
    {
        const int Size = 32, Heads = 2, Units = 48;
        var random = new Random(3);
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        float[] Floats(int length, float from, float to)
        {
            var numbers = Enumerable.Range(0, length).Select(_ => from + random.NextSingle() * (to - from)).ToArray();
            Array.ForEach(numbers, writer.Write);
            return numbers;
        }

        Func<double[], double[]> Linear(int inputs, int units)
        {
            var scales = Floats(units, 0.001f, 0.003f);
            var weights = Enumerable.Range(0, inputs * units).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
            Array.ForEach(weights, writer.Write);
            var biases = Floats(units, -0.5f, 0.5f);
            return row => [.. Enumerable.Range(0, units).Select(unit => biases[unit] + scales[unit] * row.Select((number, input) => number * weights[input * units + unit]).Sum())];
        }

        Func<double[], double[]> Norm()
        {
            var (weights, biases) = (Floats(Size, 0.5f, 1.5f), Floats(Size, -0.5f, 0.5f));
            return row => [.. row.Select((number, i) => (number - row.Average()) / Math.Sqrt(row.Average(other => Math.Pow(other - row.Average(), 2))) * weights[i] + biases[i])];
        }

        var (queriesKeysValues, output, attended) = (Linear(Size, 3 * Size), Linear(Size, Size), Norm());
        var (up, down, done) = (Linear(Size, Units), Linear(Units, Size), Norm());
        var pieces = Enumerable.Range(0, count * Size).Select(_ => random.NextSingle() * 4 - 2).ToArray();
        var rows = pieces.Chunk(Size).Select(row => row.Select(number => (double)number).ToArray()).ToArray();
        var said = rows.Select(queriesKeysValues).ToArray();
        double[] Part(int piece, int kind, int head) => said[piece][(kind * Size + head * Size / Heads)..(kind * Size + (head + 1) * Size / Heads)];
        double[] Taken(int piece) => [.. Enumerable.Range(0, Heads).SelectMany(head =>
        {
            var odds = said.Select((_, other) => Math.Exp(Part(piece, 0, head).Zip(Part(other, 1, head), (query, key) => query * key).Sum() / Math.Sqrt(Size / Heads))).ToArray();
            return Enumerable.Range(0, Size / Heads).Select(i => odds.Select((odd, other) => odd / odds.Sum() * Part(other, 2, head)[i]).Sum());
        })];
        var between = rows.Select((row, piece) => attended([.. row.Zip(output(Taken(piece)), (one, other) => one + other)])).ToArray();
        var expected = between.SelectMany(row => done([.. row.Zip(down([.. up(row).Select(Raised)]), (one, other) => one + other)]));
        file.Position = 0;

        new TransformerLayer(new BinaryReader(file), Size, Heads, Units).Apply(pieces, count);

        Assert.All(expected.Zip(pieces), pair => Assert.Equal(pair.First, pair.Second, 0.01));
    }

    private static double Raised(double number)
    {
        var (single, raised) = ((float)number, new float[8]);
        raised[0] = single;
        Gelu.Apply(raised);
        return raised[0];
    }

    private static Dictionary<string, int> Rows(string[] names, int first) => names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => first + pair.i);
}
