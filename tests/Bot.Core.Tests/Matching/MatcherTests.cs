using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Bot.Core.Text;

namespace Bot.Core.Tests.Matching;

public class MatcherTests
{
    private static readonly MatchingOptions Options = new();
    private readonly HybridMatcher _matcher = new();

    [Fact]
    public void FindMatches_EveryPhrasing_LeadsToItsAnswerForCertain()
    {
        foreach (var knowledgeBase in new[] { RealContent.KnowledgeBase, RealContent.KnowledgeBase.In("es") })
        {
            foreach (var answer in knowledgeBase.Answers)
            {
                foreach (var phrasing in answer.Phrasings)
                {
                    Assert.Equal(answer.Id, _matcher.FindMatches(knowledgeBase, phrasing.Text, null)[0].Answer.Id);
                }
            }
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void HeldBackQuestions_AreNoPhrasings(string language)
    {
        var typed = RealContent.KnowledgeBase.In(language).Answers.SelectMany(answer => answer.Phrasings).Select(phrasing => TextNormalizer.Key(phrasing.Text)).ToHashSet(StringComparer.Ordinal);
        var questions = File.ReadAllLines(RepositoryRoot.Combine("tests", "phrasings", "questions.tsv")).Skip(1).Select(line => line.Split('\t')[1]).ToList();

        Assert.True(questions.Count >= 200);
        Assert.DoesNotContain(questions.Where(question => question.Contains(' ', StringComparison.Ordinal)), question => typed.Contains(TextNormalizer.Key(question)));
    }

    [Theory]
    [InlineData("this traffic is killing me, is heroin an upper?", "is-heroin-a-stimulant")]
    [InlineData("We have a school project. What is tolerance?", "tolerance")]
    public void FindMatches_AClauseThatHoldsTheQuestion_IsFound(string question, string expected)
    {
        var best = _matcher.FindMatches(RealContent.KnowledgeBase, question, null)[0];

        Assert.Equal(expected, best.Answer.Id);
        Assert.True(best.Confidence.Value >= Options.AnswerThreshold && best.Confidence.Value < 1);
    }

    [Theory]
    [InlineData("why?", "is-heroin-a-stimulant", "why-heroin-is-a-depressant")]
    [InlineData("what about cocaine?", "is-heroin-a-stimulant", "cocaine-and-heroin")]
    [InlineData("is it addictive?", "what-is-heroin", "is-heroin-addictive")]
    public void FindMatches_AFollowUp_UsesThePreviousAnswer(string question, string previous, string expected)
    {
        var best = _matcher.FindMatches(RealContent.KnowledgeBase, question, RealContent.KnowledgeBase.Find(previous))[0];

        Assert.Equal(expected, best.Answer.Id);
        Assert.True(best.Confidence.Value >= Options.AnswerThreshold);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!…")]
    [InlineData("🙂")]
    public void FindMatches_NoWords_FindsNothing(string question) => Assert.Empty(_matcher.FindMatches(RealContent.KnowledgeBase, question, null));

    [Fact]
    public void FindMatches_AVeryLongText_IsJudgedSanely()
    {
        var matches = _matcher.FindMatches(RealContent.KnowledgeBase, string.Join(' ', Enumerable.Repeat("lorem ipsum heroin", 5000)), null);

        Assert.All(matches, match => Assert.InRange(match.Confidence.Value, 0, 1));
    }

    [Theory]
    [InlineData("hello", "HELLO!")]
    [InlineData("is heroin an upper", "is heroin an upper?")]
    public void FindMatches_APhrasingOfTwoAnswers_FindsBothAndIsSureOfNeither(string phrasing, string question)
    {
        var matches = _matcher.FindMatches(KnowledgeBaseOf(("a", [phrasing]), ("b", [phrasing, phrasing])), question, null);

        Assert.Equal(["a", "b"], matches.Select(match => match.Answer.Id).Order());
        Assert.All(matches, match => Assert.True(match.Confidence.Value < 0.9));
    }

    [Fact]
    public void FindMatches_LongMixedAndPicturedPhrasings_AreJudgedSanely()
    {
        var knowledgeBase = KnowledgeBaseOf(("long", [string.Join(' ', Enumerable.Repeat("lorem ipsum dolor", 600))]), ("cyrillic", ["привет мир", "HЕRОIN с кириллицей"]), ("han", ["漢字 かな"]), ("emoji", ["\ud83d\ude42\ud83d\ude42"]), ("empty", ["   "]));

        Assert.Equal("long", _matcher.FindMatches(knowledgeBase, "lorem ipsum", null)[0].Answer.Id);
        Assert.Equal("cyrillic", _matcher.FindMatches(knowledgeBase, "привет", null)[0].Answer.Id);
        foreach (var question in new[] { "\ud83d\ude42", "漢字", "lorem привет 漢字 \ud83d\ude42", new string('a', 10_000), string.Concat(Enumerable.Repeat("é ", 5000)) })
        {
            Assert.All(_matcher.FindMatches(knowledgeBase, question, null), match => Assert.InRange(match.Confidence.Value, 0, 1));
        }
    }

    [Fact]
    public void FindMatches_InEightHundredAnswers_FindsTheRightOne()
    {
        var knowledgeBase = KnowledgeBaseOf([.. Enumerable.Range(0, 800).Select(i => ($"a{i}", new[] { $"what does the drug {Name(i)} do", $"is {Name(i)} dangerous", $"{Name(i)} effects" }))]);

        foreach (var i in new[] { 0, 123, 456, 799 })
        {
            var matches = _matcher.FindMatches(knowledgeBase, $"how dangerous is {Name(i)} really", null);

            Assert.Equal($"a{i}", matches[0].Answer.Id);
            Assert.InRange(matches.Count, 1, 64);
        }

        static string Name(int i) => string.Concat("bdfgklmnprtvz"[i % 13], "aeiou"[i / 13 % 5], "bdfgklmnprtvz"[i / 65 % 13], "oxine");
    }

    [Theory]
    [InlineData("is heroin a stimulant? and how long does rehab take", "is heroin a stimulant?|and how long does rehab take")]
    [InlineData("what is heroin and is it addictive", "what is heroin|and is it addictive")]
    [InlineData("¿qué es la heroína y es adictiva?", "¿qué es la heroína|y es adictiva?")]
    [InlineData("why is heroin addictive, how does it act", "why is heroin addictive|, how does it act")]
    [InlineData("what is the difference between heroin and cocaine", "")]
    [InlineData("my son uses. what can I do?", "")]
    [InlineData("is it? is it? is it? is it?", "")]
    [InlineData("?? ?", "")]
    public void Split_FindsTheQuestionsOfAMessage(string text, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), QuestionSplitter.Split(text));

    [Fact]
    public void FindMatches_OneAnswerOnly_StillSaysNo()
    {
        var answer = RealContent.KnowledgeBase.Find("is-heroin-addictive")!;
        var small = new KnowledgeBase([answer], [], SynonymTable.Empty, "v");

        Assert.Equal(answer, _matcher.FindMatches(small, "how addictive is it", null)[0].Answer);
        Assert.DoesNotContain(_matcher.FindMatches(small, "book a flight to paris", null), match => match.Confidence.Value >= Options.AnswerThreshold);
    }

    private static KnowledgeBase KnowledgeBaseOf(params (string Id, string[] Phrasings)[] answers) =>
        new([.. answers.Select(answer => new Answer { Id = answer.Id, Text = answer.Id, Topic = "test", Phrasings = [.. answer.Phrasings.Select(phrasing => new Phrasing(phrasing, 0))], File = "test", Line = 0 })], [], SynonymTable.Empty, "test");
}
