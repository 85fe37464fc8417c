using System.Text;
using Bot.Core.Sentences;
using Bot.Core.Text;

namespace Bot.Core.Tests.Sentences;

/// <summary>What the sentence model knows, through the weights that are shipped.</summary>
public class SentenceModelTests
{
    [Theory]
    [InlineData("my son is addicted", "our daughter has an addiction", "my son is twelve")]
    [InlineData("does it make you sleepy", "do people get drowsy", "does it cost much")]
    [InlineData("is it pricey", "how expensive is it", "how dangerous is it")]
    public void Embed_PutsWhatMeansTheSameNearer(string text, string same, string other) =>
        Assert.True(Nearness(text, same) > Nearness(text, other), $"{Nearness(text, same):0.00} and {Nearness(text, other):0.00}");

    [Fact]
    public void Embed_ForgivesAMistypedWord() => Assert.True(Nearness("is heroin a depressant", "is herion a depresant") > Nearness("is heroin a depressant", "where can i park my car"));

    [Fact]
    public void Embed_GivesLengthOne_AndZerosForNoWords()
    {
        var vector = Embed("anything at all");

        Assert.Equal(1, Vectors.Dot(vector, vector), 3);
        Assert.All(Embed("?!"), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Embed_OfAnything_IsFinite()
    {
        foreach (var text in new[] { "a", "\ud83d\ude00", "не по-английски", new string('x', 5000), string.Join(' ', Enumerable.Repeat("word", 3000)), "1 2 3" })
        {
            Assert.All(Embed(text), number => Assert.True(float.IsFinite(number)));
        }
    }

    [Fact]
    public void Read_OfSomethingElse_SaysSo()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes("this is some other file"));

        Assert.Contains("no sentence model", Assert.Throws<InvalidDataException>(() => SentenceModel.Read(stream)).Message, StringComparison.Ordinal);
    }

    private static float Nearness(string left, string right) => Vectors.Dot(Embed(left), Embed(right));

    private static float[] Embed(string text)
    {
        var vector = new float[SentenceModel.Default!.Size];
        SentenceModel.Default.Embed([.. TextNormalizer.Tokenize(text).Select(token => token.Text)], vector);
        return vector;
    }
}
