using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Core.Matching;

namespace Bot.Core.Turns;

/// <summary>
/// Asking to be called: consent, number, time, name, each shown back or skippable. A crisis never waits for it, a question in the middle is answered,
/// and nothing is stored with staff before the last step.
/// </summary>
public sealed partial class Responder
{
    private const string CallMeBack = "call-me-back";
    private const string CancelTheCall = "cancel-the-call";
    private const string WhatIsKnown = "what-is-known-about-me";
    private const string DeleteWhatIsKnown = "delete-what-is-known";

    private const string Start = "start";
    private const string Consent = "consent";
    private const string Number = "number";
    private const string Confirm = "confirm";
    private const string When = "when";
    private const string Name = "name";

    private const string Yes = "yes";
    private const string No = "no";
    private const string Right = "right";
    private const string Change = "change";
    private const string Skip = "skip";
    private const string Resume = "resume";
    private const string Cancel = "cancel";
    private const string Delete = "delete";
    private const string TimePrefix = "time:";

    private const int LongestName = 30;
    private const int MostNames = 2;

    /// <summary>What is said when it is known what came of the act: noted, cancelled, deleted, or not.</summary>
    public Reply.Callback AfterAct(Reply.Callback reply, CallbackActOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(outcome);
        var content = contentSource.Current;
        var texts = content.RepliesIn(reply.Language).Callback;
        var (name, buttons) = (reply.Act?.Kind, outcome) switch
        {
            (_, { IsFailed: true }) => ("failed", new[] { Start }),
            (CallbackActKind.Record, { Intake: IntakeOutcome.AlreadyAsked }) => ("already", [Cancel]),
            (CallbackActKind.Record, { Intake: IntakeOutcome.TooOften }) => ("tooOften", []),
            (CallbackActKind.Record, _) => ("recorded", [Cancel]),
            (CallbackActKind.Cancel, { Escalation: null }) => ("nothing", [Start]),
            (CallbackActKind.Cancel, _) => ("cancelled", []),
            (CallbackActKind.Show, { Escalation: null }) => ("knownNothing", []),
            (CallbackActKind.Show, { Escalation.State: var state }) => ("known", state.IsOver() ? [Delete] : [Cancel, Delete]),
            _ => ("deleted", Array.Empty<string>()),
        };
        return reply with { Act = null, Text = FillCallback(content, texts[name], reply.Language, outcome.Escalation), Buttons = [.. buttons.Select(value => CallbackButton(texts, value))] };
    }

    /// <summary>What a person is told when something came of their request; the numbers are always in it.</summary>
    public Reply.Callback SayNews(NoticeKind kind, Escalation escalation)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        var content = contentSource.Current;
        var texts = content.RepliesIn(escalation.Language).Callback;
        var text = texts["news." + kind switch
        {
            NoticeKind.TellTaken => "taken",
            NoticeKind.TellNotReached => "notReached",
            NoticeKind.TellClosed => "closed",
            NoticeKind.TellFailed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing is told to the person."),
        }];
        return new Reply.Callback { Language = escalation.Language, Text = FillCallback(content, text, escalation.Language, escalation), Buttons = [CallbackButton(texts, escalation.State.IsOver() ? Start : Cancel)] };
    }

    /// <summary>A button of the way to a call, or the next step of what was begun; null when the message is about something else.</summary>
    private Reply.Callback? ContinueCallback(BotContent content, IncomingMessage message, ReplyButton? button, string language, ConversationMemory memory)
    {
        if (!desk.IsOffered)
        {
            memory.Callback = null;
            return null;
        }

        if (memory.Callback is { } known)
        {
            known.TimeZone ??= EscalationDesk.KnownZone(message.TimeZone);
        }

        if (button?.Kind == ReplyButtonKind.Callback)
        {
            var spoken = memory.Callback?.Language ?? (content.RepliesIn("es").Callback is var spanish && TitlesOf(spanish, button.Value).Contains(message.Text.Trim()) ? "es" : language);
            return Press(content, button.Value, spoken, message, memory);
        }

        if (button is not null)
        {
            return null;
        }

        if (memory.Callback is { } draft)
        {
            // "No" to a number is "another one", and to a name is "none"; "no, thank you" is no to everything but a name.
            var isNo = draft.Step != Name && (PoliteNoPattern().IsMatch(message.Text) || (draft.Step != Confirm && NoPattern().IsMatch(message.Text)));
            return isNo || GiveUpPattern().IsMatch(message.Text)
                ? Press(content, No, draft.Language, message, memory)
                : TakeStep(content, draft, message, memory);
        }

        return AsksForACall(message.Text) ? Begin(content, language, message, memory) : null;
    }

    /// <summary>What the knowledge base found is about a call, and somebody does call: then it is no text to read but something to do.</summary>
    private Reply.Callback? CallbackFor(BotContent content, string answerId, string language, IncomingMessage message, ConversationMemory memory) => !desk.IsOffered ? null : answerId switch
    {
        CallMeBack => Begin(content, language, message, memory),
        CancelTheCall => Act(CallbackActKind.Cancel, language),
        WhatIsKnown => Act(CallbackActKind.Show, language),
        DeleteWhatIsKnown => Act(CallbackActKind.Delete, language),
        _ => null,
    };

    /// <summary>One of several questions in a message asks for a call: that is not passed over, and the others are answered first.</summary>
    private Reply.Callback? CallbackAmong(BotContent content, IncomingMessage message, string language, ConversationMemory memory)
    {
        if (!desk.IsOffered)
        {
            return null;
        }

        var sure = QuestionSplitter.Split(message.Text).Select(question => FindMatches(content, question, language, new ConversationMemory()) is [var best, ..] && IsSure(best) ? best : null).OfType<AnswerMatch>().ToList();
        return sure.Exists(match => match.Answer.Id == CallMeBack)
            ? Begin(content, language, message, memory) with
            {
                Before = [.. sure.Where(match => !IsDoneNotSaid(match.Answer.Id)).DistinctBy(match => match.Answer.Id).Select(match => Answer(content, match, message, memory) with { Buttons = [] })],
            }
            : null;
    }

    /// <summary>Where people are told that there is no answer, or who could help, a call is offered too, if there is anybody to make it.</summary>
    private Reply OfferACall(BotContent content, Reply reply) =>
        desk.IsOffered && reply is (Reply.NoAnswer or Reply.Heard or Reply.Capabilities or Reply.Answered { Answer.Id: "help" or "who-to-call-about-treatment" or "does-someone-read-this" })
            ? reply with { Buttons = [.. reply.Buttons, CallbackButton(content.RepliesIn(reply.Language).Callback, Start)] }
            : reply;

    /// <summary>True for what the bot says when nobody calls back, and does when somebody does.</summary>
    private bool IsDoneNotSaid(string answerId) => desk.IsOffered && answerId is (CallMeBack or CancelTheCall or WhatIsKnown or DeleteWhatIsKnown);

    /// <summary>A message in the middle that was not about the call is answered, and the call is not forgotten.</summary>
    private Reply RemindOfCallback(BotContent content, Reply reply, ConversationMemory memory)
    {
        if (memory.Callback is not { } draft || reply is Reply.Callback)
        {
            return reply;
        }

        var texts = content.RepliesIn(draft.Language).Callback;
        return reply switch
        {
            Reply.Handoff => reply,
            Reply.NoAnswer or Reply.Suggestions => AskStep(content, draft, draft.Step switch { Number => texts["problems.notRead"], When => texts["whenNotRead"], Name => texts["nameNotRead"], _ => null }),
            _ => reply with { Note = texts["stillOpen"], Buttons = [CallbackButton(texts, Resume), CallbackButton(texts, No), .. reply.Buttons] },
        };
    }

    private Reply.Callback Begin(BotContent content, string language, IncomingMessage message, ConversationMemory memory)
    {
        var draft = new CallbackDraft { Language = language, Step = Consent, TimeZone = EscalationDesk.KnownZone(message.TimeZone) };
        if (CallbackNumber.Read(message.Text, desk.Countries) is { Problem: null } number)
        {
            draft.Number = number.Number;
            ForgetTheNumber(memory);
        }

        draft.Time = CallTimes.Read(WithoutNumbers(message.Text))?.ToWire();
        memory.Callback = draft;
        return AskStep(content, draft, null);
    }

    private Reply.Callback Press(BotContent content, string value, string language, IncomingMessage message, ConversationMemory memory)
    {
        switch (value)
        {
            case Cancel:
                return Act(CallbackActKind.Cancel, language);
            case Delete:
                return Act(CallbackActKind.Delete, language);
            case No:
                memory.Callback = null;
                return Say(content, content.RepliesIn(language).Callback["declined"], language, []);
        }

        if (memory.Callback is not { } draft)
        {
            // A button from before, or from a chat that was forgotten in between.
            return Begin(content, language, message with { Text = string.Empty }, memory);
        }

        switch (value)
        {
            case Yes when draft.Step == Consent:
                draft.Step = draft.Number is null ? Number : Confirm;
                break;
            case Change:
                (draft.Number, draft.Step) = (null, Number);
                break;
            case Right when draft.Step == Confirm:
                return AfterNumber(content, draft);
            case Skip when draft.Step == Name:
                return Finish(content, draft, null, memory);
            case not null when value.StartsWith(TimePrefix, StringComparison.Ordinal) && draft.Step == When:
                return TakeTime(content, draft, CallTimes.FromWire(value[TimePrefix.Length..]));
        }

        return AskStep(content, draft, null);
    }

    private Reply.Callback? TakeStep(BotContent content, CallbackDraft draft, IncomingMessage message, ConversationMemory memory)
    {
        var text = message.Text;
        switch (draft.Step)
        {
            case Consent when YesPattern().IsMatch(text):
                if (CallbackNumber.Read(text, desk.Countries) is { Problem: null } given)
                {
                    draft.Number = given.Number;
                    ForgetTheNumber(memory);
                }

                return Press(content, Yes, draft.Language, message, memory);
            case Consent or Number or Confirm when CallbackNumber.Read(text, desk.Countries) is { } number:
                ForgetTheNumber(memory);
                if (number.Problem is { } problem)
                {
                    return AskStep(content, draft, content.RepliesIn(draft.Language).Callback.Of(problem));
                }

                draft.Number = number.Number;
                draft.Time ??= CallTimes.Read(WithoutNumbers(text))?.ToWire();
                draft.Step = draft.Step == Consent ? Consent : Confirm;
                return AskStep(content, draft, null);
            case Confirm when NoPattern().IsMatch(text):
                return Press(content, Change, draft.Language, message, memory);
            case Confirm when YesPattern().IsMatch(text):
                return AfterNumber(content, draft);
            case When when CallTimes.Read(text) is { } time:
                return TakeTime(content, draft, time);
            case Name when SkipPattern().IsMatch(text) || NoPattern().IsMatch(text) || PoliteNoPattern().IsMatch(text):
                return Finish(content, draft, null, memory);
            case Name when ReadName(text) is { } name && !IsQuestion(content, text, draft.Language):
                return Finish(content, draft, name, memory);
            default:
                return null;
        }
    }

    private Reply.Callback AfterNumber(BotContent content, CallbackDraft draft)
    {
        if (CallTimes.FromWire(draft.Time) is { } time && desk.WindowOf(time, draft.TimeZone) is not null)
        {
            draft.Step = Name;
            return AskStep(content, draft, null);
        }

        var wasGiven = draft.Time is not null;
        (draft.Step, draft.Time) = (When, null);
        return AskStep(content, draft, wasGiven ? content.RepliesIn(draft.Language).Callback["nobodyThen"] : null);
    }

    private Reply.Callback TakeTime(BotContent content, CallbackDraft draft, CallTime? time)
    {
        if (time is null || desk.WindowOf(time.Value, draft.TimeZone) is null)
        {
            return AskStep(content, draft, content.RepliesIn(draft.Language).Callback["nobodyThen"]);
        }

        (draft.Time, draft.Step) = (time.Value.ToWire(), Name);
        return AskStep(content, draft, null);
    }

    private Reply.Callback Finish(BotContent content, CallbackDraft draft, string? name, ConversationMemory memory)
    {
        if (draft.Number is null || CallTimes.FromWire(draft.Time) is not { } time || desk.WindowOf(time, draft.TimeZone) is not { } window)
        {
            // The time passed while they thought about it.
            return AfterNumber(content, draft);
        }

        memory.Callback = null;
        return Act(CallbackActKind.Record, draft.Language) with { Act = new CallbackAct(CallbackActKind.Record, new CallbackRequest(draft.Number, window.From, window.Until, name, draft.TimeZone)) };
    }

    private Reply.Callback AskStep(BotContent content, CallbackDraft draft, string? before)
    {
        var texts = content.RepliesIn(draft.Language).Callback;
        var (text, buttons) = draft.Step switch
        {
            Number => (texts["number"], new[] { No }),
            Confirm => (texts["confirm"], [Right, Change, No]),
            When => (texts["when"], [.. desk.Choices(draft.TimeZone).Select(time => TimePrefix + time.ToWire()), No]),
            Name => (texts["name"], [Skip]),
            _ => (texts["consent"], [Yes, No]),
        };
        var shown = draft.Number is null ? string.Empty : CallbackNumber.Show(draft.Number, desk.Countries[0]);
        return Say(content, (before is null ? string.Empty : before + "\n\n") + text.Replace("{number}", shown, StringComparison.Ordinal), draft.Language, buttons);
    }

    private Reply.Callback Say(BotContent content, string text, string language, IReadOnlyList<string> buttons)
    {
        var texts = content.RepliesIn(language).Callback;
        return new Reply.Callback { Language = language, Text = FillCallback(content, text, language, null), Buttons = [.. buttons.Select(value => CallbackButton(texts, value))] };
    }

    private static Reply.Callback Act(CallbackActKind kind, string language) => new() { Language = language, Text = string.Empty, Act = new CallbackAct(kind) };

    private string FillCallback(BotContent content, string text, string language, Escalation? escalation)
    {
        var texts = content.RepliesIn(language).Callback;
        var hours = desk.HoursIn(language);
        text = text.Replace("{desk}", desk.NameIn(language), StringComparison.Ordinal)
            .Replace("{hours}", hours is null ? texts["hoursUnknown"] : texts["hoursKnown"].Replace("{hours}", hours, StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{days}", desk.KeepDays.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{countries}", string.Join(", ", desk.Countries.Select(CallbackNumber.Describe)), StringComparison.Ordinal)
            .Replace("{keepMinutes}", privacyFacts.Value.KeepConversationMinutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        text = content.Helplines.Fill(text, language);
        return escalation is null ? text : text
            .Replace("{number}", CallbackNumber.Show(escalation.Request.Number, desk.Countries[0]), StringComparison.Ordinal)
            .Replace("{when}", desk.SayToPerson(escalation.Request, language), StringComparison.Ordinal)
            .Replace("{state}", texts.Of(escalation.State), StringComparison.Ordinal)
            .Replace("{name}", escalation.Request.FirstName ?? texts["nameless"], StringComparison.Ordinal);
    }

    private static ReplyButton CallbackButton(CallbackTexts texts, string value) => new(TitleOf(texts, value), ReplyButtonKind.Callback, value);

    private static string TitleOf(CallbackTexts texts, string value) =>
        value.StartsWith(TimePrefix, StringComparison.Ordinal) ? texts["times." + value[TimePrefix.Length..]] : texts[value == Start ? "ask" : value];

    private static IEnumerable<string> TitlesOf(CallbackTexts texts, string value) => TitleOf(texts, value) is { Length: > 0 } title ? [title] : [];

    /// <summary>A number is no sign of danger, and need not be kept among the last messages; the words around it may be one.</summary>
    private static void ForgetTheNumber(ConversationMemory memory)
    {
        if (memory.RecentTexts.Count > 0)
        {
            memory.RecentTexts[^1] = WithoutNumbers(memory.RecentTexts[^1]);
        }
    }

    /// <summary>With a number, or a time to come, the wish is plain; everything less plain is for the matcher.</summary>
    private bool AsksForACall(string text) =>
        CallMePattern().IsMatch(text)
        && (CallbackNumber.Read(text, desk.Countries) is { Problem: null } || CallTimes.Read(WithoutNumbers(text)) is not (null or CallTime.Now));

    private static string WithoutNumbers(string text) => LongNumberPattern().Replace(text, " ");

    private bool IsQuestion(BotContent content, string text, string language) =>
        text.Contains('?', StringComparison.Ordinal) || (FindMatches(content, text, language, new ConversationMemory()) is [var best, ..] && best.Confidence.Value >= 1);

    private static string? ReadName(string text)
    {
        var name = NameOpeningPattern().Replace(text, string.Empty).Trim().TrimEnd('.', '!', ',');
        return name.Length is > 0 and <= LongestName && name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostNames && name.All(c => char.IsLetter(c) || c is ' ' or '\'' or '’' or '-' or '.') ? name : null;
    }

    [GeneratedRegex(@"(?<!\b(they|people|don'?t|do not|not|never|to|always|could|would have|no me) )\b(call|phone|ring)( me\b|ing me\b)|\bgive me a (call|ring)\b|(?<!\bno )\b(ll[aá]m(e|a|en)me|me (llamen|llame|llaman|llama|llamar))\b", RegexOptions.IgnoreCase)]
    private static partial Regex CallMePattern();

    [GeneratedRegex(@"[+(]?\d[\d ().\-/]{5,}\d")]
    private static partial Regex LongNumberPattern();

    [GeneratedRegex(@"^\W*(yes|yeah|yep|yup|y|ok|okay|sure|right|correct|that'?s right|that is right|s[ií]|claro|correcto|est[aá] bien|de acuerdo|vale)\b.{0,20}$", RegexOptions.IgnoreCase)]
    private static partial Regex YesPattern();

    [GeneratedRegex(@"^\W*(no|nope|nah|wrong|incorrecto)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex NoPattern();

    [GeneratedRegex(@"^\W*(no,? thanks?|no,? thank you|no,? gracias)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex PoliteNoPattern();

    [GeneratedRegex(@"^\W*(stop|cancel( it)?|never ?mind|forget it|(i )?changed my mind|don'?t call( me)?|no,? don'?t call( me)?|cancelar|cancela|olv[ií]d[ae]lo|ya no|no me llamen)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex GiveUpPattern();

    [GeneratedRegex(@"^\W*(skip|skip it|none|no name|anonymous|omitir|sin nombre|an[oó]nimo|ninguno)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex SkipPattern();

    [GeneratedRegex(@"^\W*(my (first )?name is|i am|i'm|it's|it is|this is|ask for|me llamo|mi nombre es|soy)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex NameOpeningPattern();
}

/// <summary>What came of an act.</summary>
/// <param name="IsFailed">True when it could not be done.</param>
/// <param name="Intake">What came of noting a call; null for everything else.</param>
/// <param name="Escalation">What it was about; null when there is nothing.</param>
public sealed record CallbackActOutcome(bool IsFailed, IntakeOutcome? Intake, Escalation? Escalation);
