using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bot.Onnx.Tests;

/// <summary>A model of the operator's choice, through the same registrations as the server's.</summary>
public sealed class OnnxMatchingTests : IDisposable
{
    private readonly TinyModel _model = new(["zoom", "flit"], ["doze", "nap"], ["xyl", "qua"], ["drug"], ["makes"], ["you"], ["it"], ["what"], ["why"], ["thing"]);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void FindMatches_InOtherWords_GoesByTheOperatorsModel(string language)
    {
        using var services = Services(_model.Model, _model.Tokenizer);
        var matcher = services.GetRequiredService<IAnswerMatcher>();

        var matches = matcher.FindMatches(KnowledgeBase(language), "you flit", null);

        Assert.Equal("fast", matches[0].Answer.Id);
        Assert.True(matches[0].Evidence!.Value.Nearest > 0.75);
        Assert.All(matches, match => Assert.InRange(match.Confidence.Value, 0, 1));
    }

    [Fact]
    public async Task Generate_MakesVectorsThatShareWords()
    {
        using var services = Services(_model.Model, _model.Tokenizer);
        var generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        var made = await generator.GenerateAsync(["zoom you", "flit you", "doze you", string.Empty], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(TinyModel.Size, made[0].Vector.Length);
        Assert.Equal(made[0].Vector.ToArray(), made[1].Vector.ToArray());
        Assert.NotEqual(made[0].Vector.ToArray(), made[2].Vector.ToArray());
        Assert.Equal(TinyModel.Size, made[3].Vector.Length);
    }

    [Fact]
    public void AModelThatIsNotThere_IsNamed()
    {
        using var services = Services("no/such.onnx", _model.Tokenizer);

        var problem = Assert.Throws<InvalidDataException>(services.GetRequiredService<IAnswerMatcher>);

        Assert.Contains("Matching:Embeddings:Model is 'no/such.onnx'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoModel_IsNamed()
    {
        using var services = Services(_model.Tokenizer, _model.Tokenizer);

        var problem = Assert.Throws<InvalidDataException>(services.GetRequiredService<IAnswerMatcher>);

        Assert.Contains("could not be read as an ONNX model", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoLanguage_IsToldAtTheStart()
    {
        using var services = Services(_model.Model, _model.Tokenizer, languages: []);

        Assert.Contains("Name the languages", Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<EmbeddingOptions>>().Value).Message, StringComparison.Ordinal);
    }

    private static KnowledgeBase KnowledgeBase(string language) => new(
        [Answer("fast", "zoom", "makes you zoom", "it zoom you"), Answer("slow", "doze", "makes you doze", "it doze you"), Answer("other", "xyl", "why xyl", "what thing xyl")], [], SynonymTable.Empty, "test", language);

    private static Answer Answer(string id, params string[] phrasings) => new()
    {
        Id = id,
        Text = id,
        Topic = "test",
        Phrasings = [.. phrasings.Select(phrasing => new Phrasing(phrasing, 0))],
        File = "test",
        Line = 0,
    };

    private static ServiceProvider Services(string model, string tokenizer, string[]? languages = null)
    {
        var settings = new Dictionary<string, string?> { ["Matching:Embeddings:Model"] = model, ["Matching:Embeddings:Tokenizer"] = tokenizer };
        foreach (var (language, i) in (languages ?? ["en", "es"]).Select((language, i) => (language, i)))
        {
            settings[$"Matching:Embeddings:Languages:{i}"] = language;
        }

        return new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton(TimeProvider.System).AddLogging().AddMatching().AddOnnxEmbeddings().BuildServiceProvider();
    }
}
