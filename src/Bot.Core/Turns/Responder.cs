using Bot.Core.Conversations;
using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Bot.Core.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bot.Core.Turns;

/// <summary>Turns one message and what is remembered of the conversation into one reply. The crisis screen always runs first.</summary>
public sealed partial class Responder(
    IBotContentSource contentSource, IAnswerMatcher matcher, IOptions<MatchingOptions> options, ILogger<Responder> logger)
{
    private readonly Confidence _answerThreshold = new(options.Value.AnswerThreshold);
    private readonly Confidence _suggestThreshold = new(options.Value.SuggestThreshold);

    /// <summary>The first message of a conversation: what this is, what it is not, and the numbers.</summary>
    public Reply Greet(string? locale)
    {
        var content = contentSource.Current;
        var language = LanguageOf(locale) ?? "en";
        var texts = content.RepliesIn(language);
        return new Reply.Greeting
        {
            Language = language,
            Text = content.Helplines.Fill(texts.Greeting, language),
            Buttons = StartButtons(content, texts),
        };
    }

    /// <summary>The apology that ends a failed turn. It names the numbers, always.</summary>
    public HandoffMessage Apologize(string? locale)
    {
        try
        {
            var content = contentSource.Current;
            var language = LanguageOf(locale) ?? "en";
            return FallbackHandoff.Message with { Text = content.Helplines.Fill(content.RepliesIn(language).Failure, language) };
        }
        catch (Exception exception)
        {
            Log.ContentFailed(logger, exception.GetType().Name);
            return FallbackHandoff.Message;
        }
    }

    /// <summary>Decides the reply and updates <paramref name="memory"/>. Pure but for that: no store, no network, no clock.</summary>
    public Reply Respond(IncomingMessage message, ConversationMemory memory)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(memory);
        var content = contentSource.Current;
        var button = RealButton(message, content);

        // 1. The crisis screen, before everything else, on whatever was typed or pressed.
        var (finding, advice) = content.CrisisScreen.Screen(message.Text, memory.IsRaised && button is null);
        if (finding is { Tier: CrisisTier.Hard } && button?.Kind != ReplyButtonKind.Safety)
        {
            Log.CrisisDetected(logger, finding.Category, finding.RuleId);
            return HandOff(content, finding, memory);
        }

        var tokens = TextNormalizer.Tokenize(message.Text);
        var language = finding?.Language ?? advice?.Language ?? (tokens.Count > 2 ? StopWords.GuessLanguage(tokens) : LanguageOf(message.Locale) ?? StopWords.GuessLanguage(tokens));
        var reply = Decide(content, message, button, tokens, language, button is null ? advice : null, memory);
        reply = reply is Reply.Handoff ? reply : reply with
        {
            Finding = reply is Reply.Advice ? advice : finding,
            Offer = finding is null || reply is Reply.Advice ? null : OfferFor(content, finding),
            IsHelpPinned = memory.IsHelpPinned,
            PinnedHelp = memory.IsHelpPinned && finding is null && reply is (Reply.Answered or Reply.Suggestions) ? content.Helplines.Fill(content.RepliesIn(language).Pinned, language) : null,
        };
        var answerId = AnswerIdOf(reply);
        var outcome = reply.Outcome;
        var ruleId = reply.Finding?.RuleId;
        Log.Replied(logger, outcome, answerId, ruleId, content.Version);
        return reply;
    }

    private Reply Decide(BotContent content, IncomingMessage message, ReplyButton? button, IReadOnlyList<Token> tokens, string language, CrisisFinding? advice, ConversationMemory memory)
    {
        var texts = content.RepliesIn(language);

        // 2. The buttons of the safety check; nothing else clears it.
        if (button?.Kind == ReplyButtonKind.Safety && SafetyChoices.FromWire(button.Value) is { } choice)
        {
            return AfterSafetyCheck(content, choice, LanguageOf(message.Locale) == "es" || IsSafetyTitle(content, "es", message.Text) ? "es" : "en", memory);
        }

        if (tokens.Count == 0 && button is null)
        {
            return new Reply.NoWords { Language = language, Text = content.Helplines.Fill(texts.EmptyMessage, language), Buttons = StartButtons(content, texts) };
        }

        // 3. One check, later in the conversation, before anything else is talked about.
        if (memory.IsSafetyCheckDue && button is null)
        {
            memory.IsSafetyCheckDue = false;
            return new Reply.SafetyCheck { Language = language, Text = content.Helplines.Fill(texts.SafetyCheck, language), Buttons = SafetyButtons(texts) };
        }

        // 4. Advice on the person's own use is for a doctor: no fact from the article may stand in for it.
        if (advice is not null)
        {
            return new Reply.Advice { Language = language, Text = content.Helplines.Fill(texts.Advice, language), Buttons = StartButtons(content, texts) };
        }

        if (button?.Kind == ReplyButtonKind.NoneOfThese)
        {
            return new Reply.Capabilities { Language = language, Text = content.Helplines.Fill(texts.Capabilities, language), Buttons = StartButtons(content, texts) };
        }

        // 5. The knowledge base.
        if (button?.Kind == ReplyButtonKind.Answer && content.KnowledgeBase.Find(button.Value) is { } pressed)
        {
            return Answer(content, pressed, new Confidence(1), language, memory);
        }

        var matches = matcher.FindMatches(content.KnowledgeBase, message.Text, content.KnowledgeBase.Find(memory.PreviousAnswerId));
        if (matches is [var best, ..] && best.Confidence >= _answerThreshold)
        {
            return Answer(content, best.Answer, best.Confidence, language, memory);
        }

        var close = matches.Where(match => match.Confidence >= _suggestThreshold).Take(options.Value.MaximumSuggestions).ToList();
        if (close.Count > 0)
        {
            return new Reply.Suggestions(close)
            {
                Language = language,
                Text = texts.Suggestions,
                Buttons = [.. close.Select(match => ToButton(match.Answer)), new ReplyButton(texts.NoneOfThese, ReplyButtonKind.NoneOfThese, string.Empty)],
            };
        }

        return new Reply.NoAnswer(matches.Count > 0 ? matches[0] : null)
        {
            Language = language,
            Text = content.Helplines.Fill(texts.NoAnswer, language),
            Buttons = StartButtons(content, texts),
        };
    }

    private static Reply.Answered Answer(BotContent content, Answer answer, Confidence confidence, string language, ConversationMemory memory)
    {
        memory.PreviousAnswerId = answer.Id;
        return new Reply.Answered(answer, confidence, content.KnowledgeBase.Cite(answer))
        {
            Language = language,
            Text = answer.Text,
            Buttons = [.. answer.Prompts.Select(prompt => new ReplyButton(prompt.Title, ReplyButtonKind.Answer, prompt.AnswerId))],
        };
    }

    private static Reply.Handoff HandOff(BotContent content, CrisisFinding finding, ConversationMemory memory)
    {
        var handoff = Compose(content, finding.Handoff, finding.IsAboutSomeoneElse, finding.Language, memory);
        memory.IsHelpPinned = true;
        memory.IsRaised = true;
        memory.IsSafetyCheckDue = true;
        return handoff with { Finding = finding };
    }

    private static Reply AfterSafetyCheck(BotContent content, SafetyChoice choice, string language, ConversationMemory memory)
    {
        var texts = content.RepliesIn(language);
        memory.IsSafetyCheckDue = false;
        switch (choice)
        {
            case SafetyChoice.Help:
                memory.IsHelpPinned = true;
                memory.IsRaised = true;
                return Compose(content, "help-now", false, language, memory);
            case SafetyChoice.Other:
                memory.IsHelpPinned = true;
                return Compose(content, "someone-else", true, language, memory);
            default:
                memory.IsRaised = false;
                return new Reply.SafetyOutcome(choice)
                {
                    Language = language,
                    Text = content.Helplines.Fill(choice == SafetyChoice.Safe ? texts.OutcomeSafe : texts.OutcomeInformation, language),
                    Buttons = StartButtons(content, texts),
                };
        }
    }

    private static Reply.Handoff Compose(BotContent content, string handoff, bool isAboutSomeoneElse, string language, ConversationMemory memory)
    {
        var texts = content.HandoffsIn(language);
        var message = texts.Compose(texts.Has(handoff) ? handoff : "help-now", isAboutSomeoneElse, memory.HandoffCount > 0, content.Helplines);
        memory.HandoffCount++;
        var replies = content.RepliesIn(language);
        return new Reply.Handoff(message.Actions)
        {
            Language = language,
            Text = message.Text + "\n\n**" + replies.SafetyQuestion + "**",
            Buttons = SafetyButtons(replies),
        };
    }

    private static string OfferFor(BotContent content, CrisisFinding finding)
    {
        var texts = content.RepliesIn(finding.Language);
        return content.Helplines.Fill(finding.Category == "information" ? texts.OfferWithInformation : texts.OfferInDistress, finding.Language);
    }

    /// <summary>
    /// A button counts only with its own title as the text: a client that sends crisis wording under a button's value is still screened as typing.
    /// </summary>
    private static ReplyButton? RealButton(IncomingMessage message, BotContent content)
    {
        if (message.Button is not { } button)
        {
            return null;
        }

        var titles = button.Kind switch
        {
            ReplyButtonKind.Safety when SafetyChoices.FromWire(button.Value) is { } choice => content.Replies.Values.Select(texts => texts.SafetyButtons[choice]),
            ReplyButtonKind.NoneOfThese => content.Replies.Values.Select(texts => texts.NoneOfThese),
            ReplyButtonKind.Answer when content.KnowledgeBase.Find(button.Value) is { } answer =>
                content.KnowledgeBase.Answers.SelectMany(other => other.Prompts).Where(prompt => prompt.AnswerId == answer.Id).Select(prompt => prompt.Title).Append(answer.Title),
            _ => [],
        };
        return titles.Contains(message.Text.Trim(), StringComparer.Ordinal) ? button : null;
    }

    private static bool IsSafetyTitle(BotContent content, string language, string text) =>
        content.Replies.TryGetValue(language, out var texts) && texts.SafetyButtons.Values.Contains(text.Trim(), StringComparer.Ordinal);

    private static IReadOnlyList<ReplyButton> SafetyButtons(ReplyTexts texts) =>
        [.. texts.SafetyButtons.OrderBy(pair => pair.Key).Select(pair => new ReplyButton(pair.Value, ReplyButtonKind.Safety, pair.Key.ToWire()))];

    private static IReadOnlyList<ReplyButton> StartButtons(BotContent content, ReplyTexts texts) =>
        [.. texts.StartPrompts.Select(content.KnowledgeBase.Find).OfType<Answer>().Select(ToButton)];

    private static ReplyButton ToButton(Answer answer) => new(answer.Title, ReplyButtonKind.Answer, answer.Id);

    private static string? AnswerIdOf(Reply reply) => reply is Reply.Answered answered ? answered.Answer.Id : null;

    private static string? LanguageOf(string? locale) =>
        locale is null ? null : locale.StartsWith("es", StringComparison.OrdinalIgnoreCase) ? "es" : locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Crisis wording detected: category {Category}, rule {RuleId}.")]
        public static partial void CrisisDetected(ILogger logger, string category, string ruleId);

        [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "Replied: {Outcome}, answer {AnswerId}, rule {RuleId}, content {Version}.")]
        public static partial void Replied(ILogger logger, string outcome, string? answerId, string? ruleId, string version);

        [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The content could not be read for an apology ({ExceptionType}); the compiled-in text was used.")]
        public static partial void ContentFailed(ILogger logger, string exceptionType);
    }
}
