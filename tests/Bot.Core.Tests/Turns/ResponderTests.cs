using System.Diagnostics.Metrics;
using Bot.Core.Conversations;
using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Bot.Core.Turns;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Bot.Core.Tests.Turns;

public class ResponderTests
{
    private static readonly Answer Known = RealContent.KnowledgeBase.Find("is-heroin-a-stimulant")!;

    private readonly FakeMatcher _matcher = new();
    private readonly FakeLogger<Responder> _logger = new();
    private readonly ConversationMemory _memory = new();

    [Theory]
    [InlineData(0.50, "answered")]
    [InlineData(0.4999, "suggested")]
    [InlineData(0.30, "suggested")]
    [InlineData(0.2999, "no-answer")]
    public void Respond_OnBothSidesOfTheThresholds(double confidence, string outcome)
    {
        _matcher.Returns(new AnswerMatch(Known, new Confidence(confidence), Known.Title));

        Assert.Equal(outcome, Respond("what about that stimulant thing").Outcome);
    }

    [Fact]
    public void Respond_IsCountedByCategoryAndNeverByWhatWasTyped()
    {
        var counted = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "Bot.Turns") { listener.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counted)
            {
                counted.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        });
        listener.Start();

        Respond("my friend zebraword took heroin and won't wake up");

        Assert.Contains("bot.replies 1 outcome=handoff language=en", counted);
        Assert.Contains("bot.crisis.findings 1 category=overdose-now tier=hard", counted);
        Assert.DoesNotContain(counted, line => line.Contains("zebraword", StringComparison.Ordinal));
    }

    [Fact]
    public void Respond_CrisisWordingThatAlsoMatchesAnAnswer_IsHandedOffAndMatchingIsNotAsked()
    {
        _matcher.Returns(new AnswerMatch(Known, new Confidence(1), Known.Title));

        var reply = Respond("is heroin a stimulant, my friend won't wake up");

        Assert.IsType<Reply.Handoff>(reply);
        Assert.DoesNotContain("depressant", reply.Text, StringComparison.Ordinal);
        Assert.False(_matcher.WasAsked);
    }

    [Fact]
    public void Respond_CrisisWording_LogsTheRuleAndNotTheMessage()
    {
        Respond("I took too many pills");

        var record = _logger.LatestRecord;
        Assert.Equal(2001, record.Id.Id);
        Assert.Contains("poison.took-too-much", record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pills", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Respond_ASoftFinding_AnswersAndOffersHelpUnderIt()
    {
        _matcher.Returns(new AnswerMatch(Known, new Confidence(0.9), Known.Title));

        var reply = Respond("can you overdose on heroin");

        Assert.Equal("soft", reply.Outcome);
        Assert.Equal(Known.Text, reply.Text);
        Assert.Contains("988", reply.Offer, StringComparison.Ordinal);
        Assert.Contains("(866) 971-5531", reply.Offer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "en", "I can read only English and Spanish")]
    [InlineData("es-MX", "es", "Solo leo inglés y español")]
    public void Respond_AnotherLanguage_IsSaidToBeOneWithTheNumbersAndMatchingIsNotAsked(string? locale, string language, string said)
    {
        _matcher.Returns(new AnswerMatch(Known, new Confidence(1), Known.Title));

        var reply = CreateResponder().Respond(new IncomingMessage("combien ça coûte une cure", Locale: locale), _memory);

        Assert.Equal("other-language", reply.Outcome);
        Assert.Equal((language, "fr"), (reply.Language, reply.LeadLanguage));
        Assert.StartsWith("En danger, appelez le **911**.", reply.Text, StringComparison.Ordinal);
        Assert.Contains(said, reply.Text, StringComparison.Ordinal);
        Assert.Contains("(866) 971-5531", reply.Text, StringComparison.Ordinal);
        Assert.False(_matcher.WasAsked);
    }

    [Fact]
    public void Respond_AScriptOfWhichNothingIsKnown_GetsTheNumbersAllTheSame()
    {
        var reply = Respond("האם הרואין הוא סם מעורר");

        Assert.Equal("other-language", reply.Outcome);
        Assert.Null(reply.LeadLanguage);
        Assert.Contains("988", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "en", "Are you safe right now?")]
    [InlineData("es", "es", "¿Está a salvo")]
    public void Respond_ACryInAnotherLanguage_IsHandedOffInItFirst(string? locale, string language, string asked)
    {
        var reply = CreateResponder().Respond(new IncomingMessage("ich will sterben", Locale: locale), _memory);

        var handoff = Assert.IsType<Reply.Handoff>(reply);
        Assert.Equal((language, "de"), (reply.Language, reply.LeadLanguage));
        Assert.StartsWith("In Gefahr rufen Sie **911** an.", reply.Text, StringComparison.Ordinal);
        Assert.Contains(asked, reply.Text, StringComparison.Ordinal);
        Assert.Contains(handoff.Actions, action => action.Uri == "tel:988");
        Assert.True(_memory.IsRaised);
    }

    [Theory]
    [InlineData("wie lange dauert die behandlung")]
    [InlineData("ich will sterben")]
    public void Search_InAnotherLanguage_FindsTheNumbersAloneFirstInIt(string text)
    {
        var found = CreateResponder().Search(text, null, 5);

        Assert.Empty(found.Answers);
        Assert.StartsWith("In Gefahr rufen Sie **911** an.", found.Help, StringComparison.Ordinal);
        Assert.Contains("**988**", found.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Respond_AfterAHandoff_JokingClearsNothingAndOneCheckComes()
    {
        Respond("i want to die");

        var check = Respond("jk lol");
        var next = Respond("what's the weather");

        Assert.IsType<Reply.SafetyCheck>(check);
        Assert.Contains("Are you safe right now?", check.Text, StringComparison.Ordinal);
        Assert.IsType<Reply.NoAnswer>(next);
        Assert.True(next.IsHelpPinned);
        Assert.True(_memory.IsRaised);
    }

    [Fact]
    public void Respond_ASecondFinding_IsWordedDifferently()
    {
        var first = Respond("i want to die");
        var second = Respond("i feel so alone");

        Assert.IsType<Reply.Handoff>(second);
        Assert.NotEqual(first.Text.Split('\n')[0], second.Text.Split('\n')[0]);
    }

    [Theory]
    [InlineData("safe", "I am safe", false)]
    [InlineData("information", "I was asking for information", false)]
    [InlineData("other", "It is about someone else", true)]
    [InlineData("help", "I need help now", true)]
    public void Respond_TheButtonsOfTheCheck_DoWhatTheySay(string value, string title, bool staysRaised)
    {
        Respond("i want to die");

        var reply = Press(title, new ReplyButton(title, ReplyButtonKind.Safety, value));

        Assert.Equal(staysRaised, _memory.IsRaised);
        Assert.False(_memory.IsSafetyCheckDue);
        Assert.True(_memory.IsHelpPinned);
        Assert.Contains("988", reply.Text, StringComparison.Ordinal);
        Assert.Equal(staysRaised, reply is Reply.Handoff);
    }

    [Fact]
    public void Respond_CrisisWordingUnderAButtonsValue_IsScreenedAsTyping()
    {
        var reply = Press("i want to die", new ReplyButton("i want to die", ReplyButtonKind.Safety, "safe"));

        Assert.IsType<Reply.Handoff>(reply);
    }

    [Fact]
    public void Respond_APromptsButton_LeadsToItsAnswerWithoutMatching()
    {
        var reply = Press("Why is that?", new ReplyButton("Why is that?", ReplyButtonKind.Answer, "why-heroin-is-a-depressant"));

        Assert.Equal("why-heroin-is-a-depressant", Assert.IsType<Reply.Answered>(reply).Answer.Id);
        Assert.False(_matcher.WasAsked);
        Assert.Equal("why-heroin-is-a-depressant", _memory.PreviousAnswerId);
    }

    [Fact]
    public void Respond_SuggestionsEndWithNoneOfThese_WhichLeadsToWhatTheBotCanAnswer()
    {
        _matcher.Returns(new AnswerMatch(Known, new Confidence(0.4), Known.Title));

        var suggestions = Respond("hm stimulant");
        var none = Press("None of these", suggestions.Buttons[^1]);

        Assert.Equal([Known.Title, "None of these"], suggestions.Buttons.Select(button => button.Title));
        Assert.IsType<Reply.Capabilities>(none);
        Assert.Contains("(866) 971-5531", none.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what's the weather")]
    [InlineData("")]
    [InlineData("???")]
    public void Respond_WhateverItCannotAnswer_NamesTheNumbers(string text)
    {
        var reply = Respond(text);

        Assert.Contains("911", reply.Text, StringComparison.Ordinal);
        Assert.Contains("988", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Respond_Spanish_NeverAnEnglishNo()
    {
        var no = Respond("¿cómo está el clima hoy en la ciudad?");
        var handoff = Respond("mi hija no respira");

        Assert.Equal("es", no.Language);
        Assert.Contains("No tengo una respuesta", no.Text, StringComparison.Ordinal);
        Assert.Equal("es", handoff.Language);
        Assert.Contains("Llame al 911", handoff.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "automatic", "not a person", "nobody is watching", "not medical advice", "911")]
    [InlineData("es-MX", "automático", "no una persona", "nadie vigila", "no es consejo médico", "911")]
    [InlineData(null, "automatic", "988", "911", "not medical advice", "not a person")]
    public void Greet_SaysWhatItIsAndIsNot(string? locale, params string[] said)
    {
        var greeting = CreateResponder().Greet(locale);

        Assert.All(said, words => Assert.Contains(words, greeting.Text, StringComparison.Ordinal));
        Assert.NotEmpty(greeting.Buttons);
    }

    [Fact]
    public void Apologize_WithoutContent_StillHasTheNumbers()
    {
        var responder = new Responder(new BrokenContent(), _matcher, Options.Create(new MatchingOptions()), Options.Create(new PrivacyFacts()), NoDesk.Instance, new TurnMeter(), TimeProvider.System, _logger);

        var apology = responder.Apologize("en");

        Assert.Equal(FallbackHandoff.Message, apology);
    }

    private Reply Respond(string text) => CreateResponder().Respond(new IncomingMessage(text), _memory);

    private Reply Press(string text, ReplyButton button) => CreateResponder().Respond(new IncomingMessage(text, button), _memory);

    private Responder CreateResponder() => new(new FixedContent(), _matcher, Options.Create(new MatchingOptions()), Options.Create(new PrivacyFacts()), NoDesk.Instance, new TurnMeter(), TimeProvider.System, _logger);

    private sealed class FixedContent : IBotContentSource
    {
        public BotContent Current => RealContent.Content;
    }

    private sealed class BrokenContent : IBotContentSource
    {
        public BotContent Current => throw new InvalidDataException("no content");
    }

    private sealed class FakeMatcher : IAnswerMatcher
    {
        private AnswerMatch[] _matches = [];

        public bool WasAsked { get; private set; }

        public void Returns(params AnswerMatch[] matches) => _matches = matches;

        public IReadOnlyList<AnswerMatch> FindMatches(KnowledgeBase knowledgeBase, string question, Answer? previous)
        {
            WasAsked = true;
            return _matches;
        }
    }
}
