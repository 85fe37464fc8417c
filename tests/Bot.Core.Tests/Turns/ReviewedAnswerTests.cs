using Bot.Core.Conversations;
using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Bot.Core.Reviews;
using Bot.Core.Turns;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Core.Tests.Turns;

/// <summary>What a person gets from an answer whose review is in order, expired or void, and on each channel. Real content, real matcher.</summary>
public class ReviewedAnswerTests
{
    private static readonly DateOnly Signed = new(2026, 11, 23);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void AnAnswer_AfterItsReviewExpired_IsTheSectionOnly()
    {
        var content = WithReview("answer/en/mu-opioid-receptors", "any") with { IsSectionOnlyWhenOverdue = true };

        var before = Ask(content, "what are mu-opioid receptors");
        _clock.Advance(TimeSpan.FromDays(400));
        var after = Ask(content, "what are mu-opioid receptors");
        var warnedOnly = Ask(content with { IsSectionOnlyWhenOverdue = false }, "what are mu-opioid receptors");

        Assert.Contains("by activating the mu-opioid receptors", before, StringComparison.Ordinal);
        Assert.Equal("The review of this answer is due, so I do not repeat it. The article covers it under: The Science Behind Heroin Function.", after);
        Assert.Equal(before, warnedOnly);
    }

    [Fact]
    public void AnAnswer_WhoseSourceChanged_IsTheSectionOnly()
    {
        var answer = RealContent.KnowledgeBase.Find("mu-opioid-receptors")!;
        var stale = new KnowledgeBase([answer with { Quotes = [.. answer.Quotes, new Quote("words that are gone", 1)] }], RealContent.KnowledgeBase.Sources, SynonymTable.Empty, "v");
        var content = RealContent.Content with { KnowledgeBase = stale, IsSectionOnlyWhenOverdue = true };

        Assert.StartsWith("The review of this answer is due", Ask(content, answer.Title), StringComparison.Ordinal);
        Assert.Equal(answer.Text, Ask(content with { IsSectionOnlyWhenOverdue = false }, answer.Title));
    }

    [Fact]
    public void ATranslation_IsShownOnlyWhileItIsSigned()
    {
        const string Translation = "Los opioides como la heroína activan los receptores opioides mu.";
        var spanish = RealContent.KnowledgeBase.In("es");
        var translated = new KnowledgeBase(
            [.. spanish.Answers.Select(answer => answer.Id == "mu-opioid-receptors" ? answer with { Translation = Translation } : answer)], spanish.Sources, spanish.Synonyms, "v", "es");
        var knowledgeBase = new KnowledgeBase(RealContent.KnowledgeBase.Answers, RealContent.KnowledgeBase.Sources, RealContent.KnowledgeBase.Synonyms, "v")
        {
            Translations = new Dictionary<string, KnowledgeBase> { ["es"] = translated },
        };
        var unsigned = RealContent.Content with { KnowledgeBase = knowledgeBase };
        var signed = WithReview("answer/es/mu-opioid-receptors", Translation) with { KnowledgeBase = knowledgeBase };

        Assert.Contains("en inglés", Ask(unsigned, "¿qué son los receptores mu?"), StringComparison.Ordinal);
        Assert.Contains("by activating the mu-opioid receptors", Ask(unsigned, "¿qué son los receptores mu?"), StringComparison.Ordinal);
        Assert.Equal(Translation, Ask(signed, "¿qué son los receptores mu?"));
        _clock.Advance(TimeSpan.FromDays(400));
        Assert.Contains("en inglés", Ask(signed, "¿qué son los receptores mu?"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is this private", null, "in this website chat")]
    [InlineData("is this private", "directline", "in this website chat")]
    [InlineData("is this private", "msteams", "In Microsoft Teams this chat is not anonymous")]
    [InlineData("can my boss see this", "msteams", "this is your organization's Teams")]
    [InlineData("is this chat private in microsoft teams", "directline", "In Microsoft Teams this chat is not anonymous")]
    [InlineData("¿esto es privado?", "msteams", "En Microsoft Teams este chat no es anónimo")]
    public void Privacy_FollowsTheChannel(string question, string? channel, string expected) =>
        Assert.Contains(expected, Ask(RealContent.Content, question, channel), StringComparison.Ordinal);

    [Fact]
    public void WhoWroteThis_TellsHowManyTextsAreSigned() =>
        Assert.Contains("Of my 1 texts, 1 have been signed", Ask(WithReview("answer/en/tolerance", "t"), "who made you"), StringComparison.Ordinal);

    private static BotContent WithReview(string textId, string body)
    {
        var text = new ReviewableText(textId, textId, body, "f", 1);
        return RealContent.Content with { Reviews = new ReviewBook([text], [new SignOff(textId, text.Hash, "Dr. A", Signed, Signed.AddYears(1))]) };
    }

    private string Ask(BotContent content, string question, string? channel = null)
    {
        var responder = new Responder(
            new Fixed(content), new HybridMatcher(), Options.Create(new MatchingOptions()), Options.Create(new PrivacyFacts()), NoDesk.Instance, new TurnMeter(), _clock, new FakeLogger<Responder>());
        return responder.Respond(new IncomingMessage(question, Channel: channel), new ConversationMemory()).Text;
    }

    private sealed class Fixed(BotContent content) : IBotContentSource
    {
        public BotContent Current => content;
    }
}
