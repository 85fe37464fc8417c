using Bot.Core.Content;
using Bot.Core.Knowledge;

namespace Bot.Core.Tests.Knowledge;

/// <summary>Each rule is fed its bad file; a rule that cannot fail is none.</summary>
public class KnowledgeReaderTests
{
    private const string Card = "title: T\npublisher: P\norigin: here\nretrieved: 2026-11-23\nsections:\n  - Heading\nfurniture:\n  - Jump to a Section\n";
    private const string Source = "First words here.\n\nHeading\n\nSecond words here.\n\nJump to a Section";

    [Fact]
    public void Read_GoodFiles_NoProblemsAndCitationsBySection()
    {
        var knowledgeBase = Read(Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a")), out var problems);

        Assert.Empty(problems);
        Assert.Equal(new Citation("s.txt", "T", null, "First words here."), knowledgeBase.Cite(knowledgeBase.Find("a")!));
        Assert.Equal(new Citation("s.txt", "T", "Heading", "Second words"), knowledgeBase.Cite(knowledgeBase.Find("b")!));
    }

    [Theory]
    [InlineData("a", "Words that are not there", "b", "does not stand in s.txt")]
    [InlineData("a", "First words here.", "nowhere", "does not exist")]
    [InlineData("a", "First words here.", "a", "leads to its own answer")]
    [InlineData("A b", "First words here.", "b", "small letters, digits and hyphens")]
    [InlineData("b", "First words here.", "b", "is already used")]
    public void Read_ABadAnswer_IsReported(string id, string quote, string prompt, string message)
    {
        Read(Qna(Entry(id, quote, prompt) + Entry("b", "Second words", "a")), out var problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Line > 0);
    }

    [Fact]
    public void Read_AParagraphWithoutAnswer_IsReportedWithItsLine()
    {
        Read(Qna(Entry("a", "First words here.", "b") + Entry("b", "First words", "a")), out var problems);

        var problem = Assert.Single(problems);
        Assert.Equal(("dialogs/sources/s.txt", 5), (problem.File, problem.Line));
        Assert.Contains("No answer rests on this paragraph", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheSamePhrasingTwice_NamesBothPlaces()
    {
        Read(Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a").Replace("What is b?", "WHAT is a??", StringComparison.Ordinal)), out var problems);

        Assert.Contains(problems, problem => problem.Message.Contains("already leads to 'a' (dialogs/knowledge-base/k.en-us.qna(", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AnAnswerWithoutItsRequiredSentence_IsReported()
    {
        var required = new ContentFile("dialogs/knowledge-base/required-sentences.yml", "requiredSentences:\n  - sentence: It can kill.\n    reason: danger\n    whenTextMentions: [euphoria]\n");
        Read([.. Qna(Entry("a", "First words here.", "b", "There is Euphoria!") + Entry("b", "Second words", "a", "Euphoria. It can kill.")), required], out var problems);

        Assert.Contains("'a' mentions 'euphoria' and must therefore say: 'It can kill.'", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoAnswers_SaysWhereTheyBelong()
    {
        Read([], out var problems);

        Assert.Contains("There is no answer", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ASourceWithoutItsCard_AndABadDate_AreReported()
    {
        Read([new ContentFile("dialogs/sources/x.txt", "words")], out var missing);
        Read([new ContentFile("dialogs/sources/x.txt", "words"), new ContentFile("dialogs/sources/x.yml", Card.Replace("2026-11-23", "yesterday", StringComparison.Ordinal))], out var badDate);

        Assert.Contains(missing, problem => problem.Message.Contains("There is no dialogs/sources/x.yml", StringComparison.Ordinal));
        Assert.Contains(badDate, problem => problem.Line == 4 && problem.Message.Contains("'yesterday' is not a date", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("synonyms: [", "is not YAML")]
    [InlineData("wrong: 1", "'wrong' is not known")]
    [InlineData("", "is empty")]
    public void Read_BadYaml_IsReported(string text, string message)
    {
        Read([.. Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a")), new ContentFile("dialogs/knowledge-base/synonyms.en-us.yml", text)], out var problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void RealContent_HasWhatTheProductPromises()
    {
        var problems = new List<ContentProblem>();
        var knowledgeBase = KnowledgeReader.Read(RealContent.Files, null, problems);
        var curated = knowledgeBase.Answers.Where(answer => answer.Source is not null).ToList();

        Assert.Empty(problems);
        Assert.True(curated.Count >= 25);
        Assert.All(knowledgeBase.Answers, answer => Assert.True(answer.Phrasings.Count >= 10, answer.Id));
        Assert.All(curated, answer => Assert.NotEmpty(answer.Quotes));
    }

    private static ContentFile[] Qna(string entries) =>
    [
        new("dialogs/knowledge-base/k.en-us.qna", "> !# @source = s.txt\n> !# @topic = t\n" + entries),
        new("dialogs/sources/s.txt", Source),
        new("dialogs/sources/s.yml", Card),
    ];

    private static string Entry(string id, string quote, string prompt, string text = "Text.") =>
        $"\n<a id = \"{id}\"></a>\n# ? What is {id}?\n> quote: {quote}\n```\n{text}\n```\n**Prompts:**\n- [Go](#{prompt})\n";

    private static KnowledgeBase Read(IReadOnlyList<ContentFile> files, out List<ContentProblem> problems)
    {
        problems = [];
        return KnowledgeReader.Read(files, null, problems);
    }
}
