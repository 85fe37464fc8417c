using System.Globalization;
using Bot.Core.Conversations;
using Bot.Core.Crisis;
using Bot.Core.Escalations;
using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Bot.Core.Reviews;
using Bot.Core.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bot.Core.Turns;

/// <summary>Turns one message and what is remembered of the conversation into one reply. The crisis screen always runs first.</summary>
public sealed partial class Responder(
    IBotContentSource contentSource, IAnswerMatcher matcher, IOptions<MatchingOptions> options, IOptions<PrivacyFacts> privacyFacts, EscalationDesk desk, TurnMeter meter, TimeProvider timeProvider, ILogger<Responder> logger)
{
    /// <summary>The route for what has nothing to do with the article; "a search engine will do better" is no word to somebody in distress.</summary>
    private const string EverydayThings = "everyday-things";

    private const int MostRecentTexts = 3;
    private const int LongestRecentText = 500;

    private readonly Confidence _answerThreshold = new(options.Value.AnswerThreshold);
    private readonly Confidence _suggestThreshold = new(options.Value.SuggestThreshold);
    private readonly Confidence _routeThreshold = new(options.Value.RouteThreshold);

    /// <summary>The first message of a conversation: what this is, what it is not, and the numbers.</summary>
    /// <param name="locale">The language the channel names, or null.</param>
    /// <param name="isAtWork">True on a channel of an organisation, which may keep and read what is written there.</param>
    public Reply Greet(string? locale, bool isAtWork = false)
    {
        var content = contentSource.Current;
        var language = LanguageOf(locale) ?? "en";
        var texts = content.RepliesIn(language);
        return new Reply.Greeting
        {
            Language = language,
            Text = content.Helplines.Fill(isAtWork ? texts.GreetingAtWork : texts.Greeting, language),
            Buttons = StartButtons(content, texts),
        };
    }

    /// <summary>Searches the knowledge base without a conversation. Crisis wording of either tier finds the numbers alone; a question about something dangerous, answers under them.</summary>
    /// <param name="text">What was searched for; empty for the answers offered at the start.</param>
    /// <param name="locale">The language the channel names, or null.</param>
    /// <param name="most">The most answers to give.</param>
    public SearchResult Search(string text, string? locale, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var content = contentSource.Current;
        var (danger, advice) = content.CrisisScreen.Screen(text);
        var isInformation = danger is { Tier: CrisisTier.Soft, Category: CrisisFinding.Information } && advice is null;
        if (!isInformation && (danger ?? advice) is { } finding)
        {
            Log.SearchScreened(logger, finding.Category, finding.RuleId);
            var texts = content.RepliesIn(finding.Language);
            return new SearchResult([], Lead(content, content.CrisisScreen.OtherLanguageOf(finding), content.Helplines.Fill(texts.SearchHelp, texts.Language)));
        }

        var tokens = TextNormalizer.Tokenize(text);
        if (content.CrisisScreen.OtherLanguageOf(text, tokens) is { } other)
        {
            return new SearchResult([], InOtherLanguage(content, other, LanguageOf(locale) ?? "en").Text);
        }

        var language = tokens.Count > 2 ? StopWords.GuessLanguage(tokens) : LanguageOf(locale) ?? "en";
        var knowledgeBase = content.KnowledgeBase.In(language);
        var found = tokens.Count == 0
            ? content.RepliesIn(language).StartPrompts.Select(knowledgeBase.Find).OfType<Answer>()
            : FindMatches(content, text, language, new ConversationMemory()).Where(match => match.Confidence >= _suggestThreshold).Select(match => match.Answer);
        return new SearchResult([.. found.Where(answer => answer.Kind == AnswerKind.Answer).Take(most).Select(answer => Answer(content, new AnswerMatch(answer, new Confidence(1), answer.Title), new IncomingMessage(text), new ConversationMemory()))], null, isInformation ? OfferFor(content, danger!) : null);
    }

    /// <summary>Every answer and route, as it is given to anybody who asks, in the knowledge base's order.</summary>
    /// <param name="locale">The language, or null for English.</param>
    public IReadOnlyList<Reply.Answered> Browse(string? locale)
    {
        var content = contentSource.Current;
        return [.. content.KnowledgeBase.In(LanguageOf(locale) ?? "en").Answers.Where(answer => answer.Replaces is null && !IsDoneNotSaid(answer.Id))
            .Select(answer => Answer(content, new AnswerMatch(answer, new Confidence(1), answer.Title), new IncomingMessage(answer.Title), new ConversationMemory()))];
    }

    /// <summary>A thumb up or down under an answer: counted, and nothing else. Unknown answers count for nothing.</summary>
    public void Hear(string answerId, bool isHelpful)
    {
        if (contentSource.Current.KnowledgeBase.Find(answerId) is { } answer)
        {
            meter.CountVote(answer.Id, isHelpful);
        }
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

    /// <summary>Decides the reply and updates <paramref name="memory"/>. Pure but for that and today's date: no store, no network.</summary>
    public Reply Respond(IncomingMessage message, ConversationMemory memory)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(memory);
        var content = contentSource.Current;
        var button = RealButton(message, content);

        // 1. The crisis screen, before everything else, on whatever was typed or pressed.
        var (finding, advice) = content.CrisisScreen.Screen(message.Text, memory.IsRaised && button is null);
        if (button is null)
        {
            // Where it does not say what the danger is, what both messages say together may, and brings the help that fits.
            if (finding is not { Tier: CrisisTier.Hard, NamesTheDanger: true })
            {
                finding = content.CrisisScreen.ScreenTogether(memory.RecentTexts, message.Text) ?? finding;
            }

            Remember(memory, message.Text);
        }

        if (finding is { Tier: CrisisTier.Hard } && button?.Kind != ReplyButtonKind.Safety)
        {
            Log.CrisisDetected(logger, finding.Category, finding.RuleId);

            // Nobody is asked for a number now, and what they meant to ask for is theirs to ask for again.
            memory.Callback = null;
            var handoff = HandOff(content, finding, LanguageOf(message.Locale) ?? "en", memory);
            meter.Count(handoff);
            return handoff;
        }

        var tokens = TextNormalizer.Tokenize(message.Text);
        var language = finding?.Language ?? advice?.Language ?? LanguageOfButton(content, button, message.Text)
            ?? (tokens.Count > 2 ? StopWords.GuessLanguage(tokens) : LanguageOf(message.Locale) ?? StopWords.GuessLanguage(tokens));
        var reply = Decide(content, message, button, tokens, language, button is null ? advice : null, memory);
        reply = button is null && finding is { Category: not CrisisFinding.Information } ? Meet(content, reply, finding.Language, memory) : reply;
        reply = RemindOfCallback(content, OfferACall(content, reply), memory);
        reply = reply is Reply.Handoff ? reply : reply with
        {
            Finding = reply is Reply.Advice ? advice : finding,
            Offer = finding is null || reply is (Reply.Advice or Reply.Heard or Reply.OtherLanguage) ? null : OfferFor(content, finding),
            IsHelpPinned = memory.IsHelpPinned,
            PinnedHelp = memory.IsHelpPinned && finding is null && reply is (Reply.Answered or Reply.Suggestions) ? content.Helplines.Fill(content.RepliesIn(reply.Language).Pinned, reply.Language) : null,
        };
        meter.Count(reply);
        var answerId = AnswerIdOf(reply);
        var outcome = reply.Outcome;
        var ruleId = reply.Finding?.RuleId;
        Log.Replied(logger, outcome, answerId, ruleId, content.Version);
        return reply;
    }

    /// <summary>Where there may be distress, nobody is told first that there is no answer, or that a search engine will do better.</summary>
    private static Reply Meet(BotContent content, Reply reply, string language, ConversationMemory memory)
    {
        if (reply is not (Reply.NoAnswer or Reply.Answered { Answer.Id: EverydayThings, Before.Count: 0 }))
        {
            return reply;
        }

        memory.PreviousAnswerId = reply is Reply.Answered ? null : memory.PreviousAnswerId;
        var texts = content.RepliesIn(language);
        var closest = reply is Reply.Answered route ? new AnswerMatch(route.Answer, route.Confidence, route.Answer.Title) : ((Reply.NoAnswer)reply).Closest;
        return new Reply.Heard(closest) { Language = texts.Language, Text = content.Helplines.Fill(texts.Heard, texts.Language) };
    }

    /// <summary>Keeps the end of the message among the last few; buttons are not what anybody typed.</summary>
    private static void Remember(ConversationMemory memory, string text)
    {
        memory.RecentTexts.Add(text.Length <= LongestRecentText ? text : text[^LongestRecentText..]);
        while (memory.RecentTexts.Count > MostRecentTexts)
        {
            memory.RecentTexts.RemoveAt(0);
        }
    }

    /// <summary>What is said to the message when nobody is in danger.</summary>
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

        if (ContinueCallback(content, message, button, language, memory) is { } callback)
        {
            return callback;
        }

        if (button?.Kind == ReplyButtonKind.NoneOfThese)
        {
            return new Reply.Capabilities { Language = language, Text = content.Helplines.Fill(texts.Capabilities, language), Buttons = StartButtons(content, texts) };
        }

        // 5. The knowledge base.
        if (button?.Kind == ReplyButtonKind.Answer && (content.KnowledgeBase.In(language).Find(button.Value) ?? content.KnowledgeBase.Find(button.Value)) is { } pressed)
        {
            return CallbackFor(content, pressed.Id, pressed.Language, message with { Text = string.Empty }, memory) ?? (Reply)Answer(content, new AnswerMatch(pressed, new Confidence(1), pressed.Title), message, memory);
        }

        if (content.CrisisScreen.OtherLanguageOf(message.Text, tokens) is { } other)
        {
            return InOtherLanguage(content, other, LanguageOf(message.Locale) ?? "en");
        }

        var matches = FindMatches(content, message.Text, language, memory);
        if (CallbackAmong(content, message, language, memory) is { } asked)
        {
            return asked;
        }

        if (AnswerEach(content, message, language, matches, memory) is { } each)
        {
            return each;
        }

        if (matches is [var best, ..] && IsSure(best))
        {
            return CallbackFor(content, best.Answer.Id, best.Answer.Language, message, memory) ?? (Reply)Answer(content, best, message, memory);
        }

        var close = matches.Where(match => match.Answer.Kind != AnswerKind.Route && match.Confidence >= _suggestThreshold).Take(options.Value.MaximumSuggestions).ToList();
        if (close.Count > 0)
        {
            texts = content.RepliesIn(close[0].Answer.Language);
            return new Reply.Suggestions(close)
            {
                Language = texts.Language,
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

    /// <summary>Nothing is matched: what resembles a question in a language nobody here reads is luck.</summary>
    private static Reply.OtherLanguage InOtherLanguage(BotContent content, OtherLanguage other, string language)
    {
        var texts = content.RepliesIn(language);
        return new Reply.OtherLanguage
        {
            Language = texts.Language,
            LeadLanguage = LeadLanguageOf(other),
            Text = Lead(content, other, content.Helplines.Fill(texts.OtherLanguage, texts.Language)),
            Buttons = StartButtons(content, texts),
        };
    }

    /// <summary>The same text, with the numbers in the person's own language before it, where that is one that the bot does not read.</summary>
    private static string Lead(BotContent content, OtherLanguage? other, string text) =>
        LeadLanguageOf(other) is null ? text : content.Helplines.Fill(other!.Help, "en") + "\n\n" + text;

    private static string? LeadLanguageOf(OtherLanguage? other) => other is { Help.Length: > 0 } ? other.Code : null;

    /// <summary>
    /// What fits in the language the message seems to be in; when nothing does, what fits in the other one for certain.
    /// "hola" alone is no sentence to guess a language by.
    /// </summary>
    private IReadOnlyList<AnswerMatch> FindMatches(BotContent content, string text, string language, ConversationMemory memory)
    {
        var matches = Find(content.KnowledgeBase.In(language));
        if (matches is [var best, ..] && IsSure(best))
        {
            return matches;
        }

        var other = Find(content.KnowledgeBase.In(language == "en" ? "es" : "en"));
        return other is [var rival, ..] && rival.Confidence >= _answerThreshold ? other : matches;

        IReadOnlyList<AnswerMatch> Find(KnowledgeBase knowledgeBase) => matcher.FindMatches(knowledgeBase, text, knowledgeBase.Find(memory.PreviousAnswerId));
    }

    /// <summary>A route gives no fact: less certainty is enough for it.</summary>
    private bool IsSure(AnswerMatch match) => match.Confidence >= (match.Answer.Kind == AnswerKind.Route ? _routeThreshold : _answerThreshold);

    private Reply.Answered Answer(BotContent content, AnswerMatch match, IncomingMessage message, ConversationMemory memory)
    {
        var knowledgeBase = content.KnowledgeBase.In(match.Answer.Language);
        var answer = knowledgeBase.On(message.Channel, match.Answer);
        memory.PreviousAnswerId = answer.Id;
        var citation = knowledgeBase.Cite(answer);
        var (text, bodyLanguage) = TextOf(content, knowledgeBase, answer, citation);
        return new Reply.Answered(answer, match.Confidence, citation)
        {
            Language = answer.Language,
            BodyLanguage = bodyLanguage,
            Text = Fill(content, text),
            Buttons = [.. answer.Prompts.Select(prompt => new ReplyButton(prompt.Title, ReplyButtonKind.Answer, prompt.AnswerId))],
        };
    }

    private (string Text, string? BodyLanguage) TextOf(BotContent content, KnowledgeBase knowledgeBase, Answer answer, Citation? citation)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var texts = content.RepliesIn(answer.Language);
        if (content.IsSectionOnlyWhenOverdue && citation is not null && (knowledgeBase.IsStale(answer.Id) || content.Reviews.StateOf(answer.TextId, today) == ReviewState.Expired))
        {
            return (texts.Overdue.Replace("{section}", citation.Section ?? citation.Document, StringComparison.Ordinal), null);
        }

        if (answer.TextLanguage == answer.Language)
        {
            return (answer.Text, null);
        }

        return answer.Translation is { } translation && content.Reviews.StateOf(answer.TranslationTextId, today) == ReviewState.Reviewed
            ? (translation, null)
            : (content.Helplines.Fill(texts.Untranslated, answer.Language) + "\n\n" + answer.Text, answer.TextLanguage);
    }

    private string Fill(BotContent content, string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var all = content.Reviews.Shown.Count();
        return text
            .Replace("{keepMinutes}", privacyFacts.Value.KeepConversationMinutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{signedTexts}", (all - content.Reviews.Unreviewed.Count()).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{allTexts}", all.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static Reply.Handoff HandOff(BotContent content, CrisisFinding finding, string language, ConversationMemory memory)
    {
        // To a cry in a language that the bot does not read, it speaks the one that the channel names.
        var other = content.CrisisScreen.OtherLanguageOf(finding);
        var handoff = Compose(content, finding.Handoff, finding.IsAboutSomeoneElse, other is null ? finding.Language : language, memory);
        memory.IsHelpPinned = true;
        memory.IsRaised = true;
        memory.IsSafetyCheckDue = true;

        // Help was given for what was said so far: only what comes now may say something new together.
        memory.RecentTexts.Clear();
        return handoff with { Finding = finding, LeadLanguage = LeadLanguageOf(other), Text = Lead(content, other, handoff.Text) };
    }

    private static Reply AfterSafetyCheck(BotContent content, SafetyChoice choice, string language, ConversationMemory memory)
    {
        var texts = content.RepliesIn(language);
        memory.IsSafetyCheckDue = false;
        memory.RecentTexts.Clear();
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
        return content.Helplines.Fill(finding.Category == CrisisFinding.Information ? texts.OfferWithInformation : texts.OfferInDistress, finding.Language);
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
            ReplyButtonKind.Callback => content.Replies.Values.SelectMany(texts => TitlesOf(texts.Callback, button.Value)),
            ReplyButtonKind.Answer => KnowledgeBasesOf(content).SelectMany(knowledgeBase => TitlesOf(knowledgeBase, button.Value)),
            _ => [],
        };
        return titles.Contains(message.Text.Trim(), StringComparer.Ordinal) ? button : null;
    }

    private static IEnumerable<KnowledgeBase> KnowledgeBasesOf(BotContent content) => content.KnowledgeBase.Translations.Values.Prepend(content.KnowledgeBase);

    /// <summary>Everything a button that leads to the answer may say.</summary>
    private static IEnumerable<string> TitlesOf(KnowledgeBase knowledgeBase, string answerId) => knowledgeBase.Find(answerId) is { } answer
        ? knowledgeBase.Answers.SelectMany(other => other.Prompts).Where(prompt => prompt.AnswerId == answerId).Select(prompt => prompt.Title).Append(answer.Title)
        : [];

    /// <summary>A button speaks the language of its title; null for typed text.</summary>
    private static string? LanguageOfButton(BotContent content, ReplyButton? button, string text) => button?.Kind switch
    {
        ReplyButtonKind.Answer => KnowledgeBasesOf(content).FirstOrDefault(knowledgeBase => TitlesOf(knowledgeBase, button.Value).Contains(text.Trim(), StringComparer.Ordinal))?.Language,
        ReplyButtonKind.NoneOfThese => content.Replies.Values.FirstOrDefault(texts => texts.NoneOfThese == text.Trim())?.Language,
        _ => null,
    };

    private static bool IsSafetyTitle(BotContent content, string language, string text) =>
        content.Replies.TryGetValue(language, out var texts) && texts.SafetyButtons.Values.Contains(text.Trim(), StringComparer.Ordinal);

    private static IReadOnlyList<ReplyButton> SafetyButtons(ReplyTexts texts) =>
        [.. texts.SafetyButtons.OrderBy(pair => pair.Key).Select(pair => new ReplyButton(pair.Value, ReplyButtonKind.Safety, pair.Key.ToWire()))];

    private static IReadOnlyList<ReplyButton> StartButtons(BotContent content, ReplyTexts texts) =>
        [.. texts.StartPrompts.Select(content.KnowledgeBase.In(texts.Language).Find).OfType<Answer>().Select(ToButton)];

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

        [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "Crisis wording in a search: category {Category}, rule {RuleId}. The numbers were shown, nothing was found.")]
        public static partial void SearchScreened(ILogger logger, string category, string ruleId);

        [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The content could not be read for an apology ({ExceptionType}); the compiled-in text was used.")]
        public static partial void ContentFailed(ILogger logger, string exceptionType);
    }
}
