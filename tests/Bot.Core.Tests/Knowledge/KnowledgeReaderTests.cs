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

    [Theory]
    [InlineData("> !# @source = s.txt\n> !# @kind = route\n", "> quote: First words here.\n", "Ask a doctor.", "may have no source and no quote")]
    [InlineData("> !# @source = none\n> !# @kind = route\n", "", "It is so: Second words here. Ask.", "gives no facts, but 'It is so: Second words here'")]
    [InlineData("> !# @source = none\n> !# @kind = route\n", "", "Ask a doctor.", "says the same as 'r1'")]
    [InlineData("> !# @source = none\n> !# @kind = opinion\n", "", "Ask a doctor.", "'@kind = opinion' is not known. Known: route.")]
    [InlineData("> !# @source = none\n> !# @colour = red\n", "", "Ask a doctor.", "'@colour' is not known. Known: @source")]
    [InlineData("> !# @source = none\n", "**Filters:**\n- channel = msteams\n", "Hi.", "has only one of the filters")]
    [InlineData("> !# @source = none\n", "**Filters:**\n- channel = msteams\n- replaces = nobody\n", "Hi.", "replaces 'nobody', which is no other answer")]
    [InlineData("> !# @source = none\n", "**Filters:**\n- colour = red\n", "Hi.", "Known: topic, channel, replaces.")]
    [InlineData("> !# @source = none\n", "", "Yes. It is kept.", "opens with 'Yes.'")]
    [InlineData("> !# @source = none\n", "", "**No**: it is not kept.", "opens with")]
    [InlineData("> !# @source = none\n", "", "Kept for {days} days.", "'{days}' in 'r2' is no placeholder")]
    public void Read_ABadRouteOrAboutAnswer_IsReported(string header, string middle, string text, string message)
    {
        var source = "First words here.\n\nHeading\n\nIt is so: Second words here.\n";
        var file = new ContentFile("dialogs/knowledge-base/r.en-us.qna", header + "> !# @topic = t\n"
            + "<a id = \"r1\"></a>\n# ? one\n```\nAsk a doctor.\n```\n<a id = \"r2\"></a>\n# ? two\n" + middle + "```\n" + text + "\n```\n");
        Read([file, new ContentFile("dialogs/sources/s.txt", source), new ContentFile("dialogs/sources/s.yml", Card)], out var problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Line > 0 && !problem.IsWarning);
    }

    [Fact]
    public void Read_AChangedSource_MakesItsAnswersStaleAndStopsNothing()
    {
        var files = Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a"));
        files[1] = new ContentFile("dialogs/sources/s.txt", Source.Replace("First words here.", "Other words here.", StringComparison.Ordinal));
        var knowledgeBase = Read(files, out var problems);

        Assert.True(knowledgeBase.IsStale("a"));
        Assert.False(knowledgeBase.IsStale("b"));
        Assert.All(problems, problem => Assert.True(problem.IsWarning));
        Assert.Contains(problems, problem => problem.Message.Contains("'a' is stale: its quote 'First words here.' does not stand in s.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ADraft_IsOffUntilSigned_AndItsProblemsStopNothing()
    {
        ContentFile[] files = [.. Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a")),
            new("dialogs/knowledge-base/d.en-us.qna", "> !# @source = s.txt\n> !# @topic = t\n> !# @state = draft\n" + Entry("c", "No such words", "nowhere"))];

        var off = Read(files, out var problems);
        var on = KnowledgeReader.Read(files, answer => answer.Id == "c", []);

        Assert.Null(off.Find("c"));
        Assert.Equal("c", Assert.Single(off.Drafts).Id);
        Assert.Contains(problems, problem => problem.Message.Contains("'nowhere', which does not exist", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.True(problem.IsWarning, problem.Message));
        Assert.NotNull(on.Find("c"));
        Assert.Empty(on.Drafts);
    }

    [Theory]
    [InlineData("a", "qué es a", "(sin traducir)", "", null)]
    [InlineData("z", "qué es z", "(sin traducir)", "", "'z' is no answer of the .en-us.qna files")]
    [InlineData("a", "qué es a", "(sin traducir)", "> !# @kind = opinion\n", "'@kind = opinion' is not known")]
    [InlineData("h", "qué es h", "(sin traducir)", "", "'h' is said by the bot itself and must have its own text here")]
    [InlineData("a", "hola\n- Hola", "(sin traducir)", "", "'Hola' already leads to 'a'")]
    public void Read_SpanishPhrasings_AreMergedWithTheEnglishAnswer(string id, string phrasing, string text, string header, string? message)
    {
        var about = new ContentFile("dialogs/knowledge-base/h.en-us.qna", "> !# @source = none\n> !# @topic = t\n" + "<a id = \"h\"></a>\n# ? hello\n```\nHi.\n```\n");
        var spanish = new ContentFile("dialogs/knowledge-base/k.es.qna", header + $"<a id = \"{id}\"></a>\n# ? título\n- {phrasing}\n```\n{text}\n```\n");
        var knowledgeBase = Read([.. Qna(Entry("a", "First words here.", "b") + Entry("b", "Second words", "a")), about, spanish], out var problems);

        if (message is null)
        {
            Assert.Contains(problems, problem => problem.IsWarning && problem.Message.Contains("'b' has 0 phrasings in 'es'", StringComparison.Ordinal));
            problems.RemoveAll(problem => problem.IsWarning);
            Assert.Empty(problems);
            var answer = knowledgeBase.In("es").Find("a")!;
            Assert.Equal(("título", "Text.", "es", "en", null), (answer.Title, answer.Text, answer.Language, answer.TextLanguage, answer.Translation));
        }
        else
        {
            Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
        }
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
        Assert.All(knowledgeBase.Answers, answer => Assert.True(knowledgeBase.In("es").Find(answer.Id)?.Phrasings.Count >= 5, answer.Id));
        Assert.All(knowledgeBase.Answers.Concat(knowledgeBase.In("es").Answers).Where(answer => answer.Kind == AnswerKind.Route), route => Assert.Contains(WhoCanHelp, who => route.Text.Contains(who, StringComparison.OrdinalIgnoreCase)));
    }

    private static readonly string[] WhoCanHelp = ["doctor", "pharmacist", "lab", "insurer", "lawyer", "health department", "departamento de salud", "988", "911", "SAMHSA", "CDC", "médico", "farmacéutico", "laboratorio", "seguro", "abogado"];

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
