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

    [Fact]
    public void FindMatches_OneAnswerOnly_StillSaysNo()
    {
        var answer = RealContent.KnowledgeBase.Find("is-heroin-addictive")!;
        var small = new KnowledgeBase([answer], [], SynonymTable.Empty, "v");

        Assert.Equal(answer, _matcher.FindMatches(small, "how addictive is it", null)[0].Answer);
        Assert.DoesNotContain(_matcher.FindMatches(small, "book a flight to paris", null), match => match.Confidence.Value >= Options.AnswerThreshold);
    }
}
