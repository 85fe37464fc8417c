using System.Net;
using System.Text.Json;
using Bot.Core.Turns;
using Bot.Server.Channels.Teams;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using ChannelIds = Microsoft.Bot.Connector.Channels;

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// The bot as the Bot Framework sees it. It holds no rule on what to say: it hands what was typed to the responder and sends what comes back,
/// to everybody in the conversation or, where that would expose somebody, to the person alone.
/// </summary>
public sealed partial class FaqBot(
    Responder responder, ReplyRenderer renderer, TeamsRenderer teamsRenderer, TeamsInvokes teamsInvokes, PrivateReplies privateReplies, ConversationMemories memories, Callbacks callbacks, StaffClicks staffClicks,
    IBotContentSource contentSource, IOptions<ChannelOptions> options, TurnMeter meter, TimeProvider timeProvider, ILogger<FaqBot> logger) : ActivityHandler
{
    /// <summary>The answer to "can I talk to somebody", after which channels with people behind them are told.</summary>
    private const string AskForPeople = "help";

    /// <summary>The widget's event of a thumb.</summary>
    private const string Feedback = "feedback";

    private const string NonBreakingSpace = "\u00A0";

    /// <summary>Whoever waits longer than this sees that the bot is busy.</summary>
    private static readonly TimeSpan TypingAfter = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan LongestTyping = TimeSpan.FromMilliseconds(400);

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        var text = IsTeams(activity) ? WebUtility.HtmlDecode(activity.RemoveRecipientMention() ?? string.Empty).Replace(NonBreakingSpace, " ", StringComparison.Ordinal).Trim() : activity.Text;
        await SayAsync(turnContext, text, activity.Value, cancellationToken);
    }

    protected override async Task OnMembersAddedAsync(IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        if (!ConversationMemories.IsGroup(turnContext.Activity))
        {
            await GreetAsync(turnContext, cancellationToken);
        }
    }

    protected override Task OnInstallationUpdateAddAsync(ITurnContext<IInstallationUpdateActivity> turnContext, CancellationToken cancellationToken) =>
        ConversationMemories.IsGroup(turnContext.Activity)
            ? turnContext.SendActivityAsync(teamsRenderer.RenderPublicHelp(LanguageOf(turnContext.Activity)), cancellationToken)
            : GreetAsync(turnContext, cancellationToken);

    /// <summary>People behind a channel say how far they are: the person is told, always with the numbers. A thumb in the widget is counted.</summary>
    protected override async Task OnEventActivityAsync(ITurnContext<IEventActivity> turnContext, CancellationToken cancellationToken)
    {
        if (turnContext.Activity.Name == Feedback && ActivityJson.ToElement(turnContext.Activity.Value) is { ValueKind: JsonValueKind.Object } vote
            && vote.TryGetProperty("answerId", out var answer) && answer.ValueKind == JsonValueKind.String && vote.TryGetProperty("helpful", out var helpful) && helpful.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            responder.Hear(answer.GetString()!, helpful.GetBoolean());
            return;
        }

        if (turnContext.Activity.Name == HandoffEventNames.HandoffStatus
            && ActivityJson.ToElement(turnContext.Activity.Value) is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String
            && contentSource.Current.RepliesIn(LanguageOf(turnContext.Activity)) is var texts && texts.HandoffStates.TryGetValue(state.GetString()!, out var told))
        {
            await turnContext.SendActivityAsync(contentSource.Current.Helplines.Fill(told, texts.Language), cancellationToken: cancellationToken);
        }
    }

    protected override async Task<InvokeResponse> OnInvokeActivityAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        switch (turnContext.Activity.Name)
        {
            case TeamsInvokes.Search:
                return teamsInvokes.Find(turnContext.Activity.Value, ((ITurnContext)turnContext).Activity.Locale);
            case TeamsInvokes.CardAction:
                if (TeamsInvokes.ReadAction(turnContext.Activity.Value) is not { } data)
                {
                    return TeamsInvokes.BadCardAction();
                }

                if (await staffClicks.TryHandleAsync((Activity)turnContext.Activity, data, cancellationToken) is { } clicked)
                {
                    return clicked;
                }

                await SayAsync(turnContext, null, data, cancellationToken);
                return TeamsInvokes.CardMessage(data.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString()! : "OK");
            case TeamsInvokes.Feedback:
                await HearFeedbackAsync(turnContext, TeamsInvokes.ReadFeedback(turnContext.Activity.Value), cancellationToken);
                return TeamsInvokes.Ok(new Dictionary<string, object?>());
            default:
                return await base.OnInvokeActivityAsync(turnContext, cancellationToken);
        }
    }

    private static bool IsTeams(IActivity activity) => activity.ChannelId == ChannelIds.Msteams;

    private static string LanguageOf(IActivity activity) => activity is Activity { Locale: { } locale } && locale.StartsWith("es", StringComparison.OrdinalIgnoreCase) ? "es" : "en";

    private async Task GreetAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        var isTeams = IsTeams(turnContext.Activity);
        if (!isTeams || await memories.IsFirstWelcomeAsync(turnContext, cancellationToken))
        {
            await SendAsync(turnContext, Render(turnContext.Activity, responder.Greet(turnContext.Activity.Locale, isAtWork: isTeams)), cancellationToken);
        }
    }

    private async Task SayAsync(ITurnContext turnContext, string? text, object? value, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        var began = timeProvider.GetTimestamp();
        using var trace = TurnMeter.Activities.StartActivity("bot.turn");
        var loading = memories.LoadAsync(turnContext, cancellationToken);
        if (IsTeams(activity) && await Task.WhenAny(loading, Task.Delay(TypingAfter, timeProvider, cancellationToken)) != loading)
        {
            await ShowTypingAsync(turnContext, cancellationToken);
        }

        var (memory, isLoaded) = await loading;

        // A card's button sends its title twice: as the message, and in what it carries.
        var typed = string.Join('\n', new[] { text }.Concat(ButtonValues.TypedTexts(value)).Where(part => !string.IsNullOrEmpty(part)).Distinct(StringComparer.Ordinal));
        var reply = responder.Respond(new IncomingMessage(typed, ButtonValues.Read(value, typed), activity.Locale, activity.ChannelId, activity.LocalTimezone), memory);

        if (reply is Reply.Callback { Act: not null } asked && !ConversationMemories.IsGroup(activity))
        {
            reply = await callbacks.CarryOutAsync(turnContext, asked, cancellationToken);
        }

        // The person first, the store after: a store that is down delays no number.
        if (ConversationMemories.IsGroup(activity))
        {
            // The safety buttons are in the person's own chat; here nobody is asked.
            memory.IsSafetyCheckDue = false;
            memory.Callback = null;
            await SendInGroupAsync(turnContext, reply, cancellationToken);
        }
        else
        {
            await SendAsync(turnContext, Render(activity, reply), cancellationToken);
        }

        meter.CountTurn(activity.ChannelId, reply, timeProvider.GetElapsedTime(began));
        trace?.SetTag("bot.channel", activity.ChannelId).SetTag("bot.outcome", reply.Outcome).SetTag("bot.answer", (reply as Reply.Answered)?.Answer.Id).SetTag("bot.rule", reply.Finding?.RuleId);
        if (isLoaded || memory.IsHelpPinned)
        {
            // What could not be read is not overwritten with less than it may hold.
            await memories.SaveAsync(turnContext, memory, cancellationToken);
        }

        if (reply is Reply.Answered { Answer.Id: AskForPeople } && options.Value.HandoffChannels.Contains(activity.ChannelId))
        {
            await AskForPeopleAsync(turnContext, cancellationToken);
        }
    }

    /// <summary>A courtesy: a channel that is slow with it, or refuses it, keeps nobody from a reply.</summary>
    private async Task ShowTypingAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        try
        {
            await turnContext.SendActivityAsync(new Activity(ActivityTypes.Typing), cancellationToken).WaitAsync(LongestTyping, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var exceptionType = exception.GetType().Name;
            Log.TypingRefused(logger, exceptionType);
        }
    }

    /// <summary>What was found of a person is shown to them alone; the group sees at most what anybody could have asked.</summary>
    private async Task SendInGroupAsync(ITurnContext turnContext, Reply reply, CancellationToken cancellationToken)
    {
        if (reply is Reply.Callback)
        {
            // Nobody gives a telephone number where others read along.
            await SendAsync(turnContext, [.. reply.Before.SelectMany(before => Render(turnContext.Activity, before))], cancellationToken);
            await turnContext.SendActivityAsync(teamsRenderer.RenderPublicHelp(reply.Language), cancellationToken);
            return;
        }

        if (reply is Reply.Handoff or Reply.Heard or Reply.SafetyCheck or Reply.SafetyOutcome)
        {
            if (!await privateReplies.TrySendAsync(turnContext, Render(turnContext.Activity, reply), cancellationToken))
            {
                await turnContext.SendActivityAsync(teamsRenderer.RenderPublicHelp(reply.Language), cancellationToken);
            }

            return;
        }

        await SendAsync(turnContext, Render(turnContext.Activity, reply with { Offer = null, PinnedHelp = null, IsHelpPinned = false, Finding = null }), cancellationToken);
        if (teamsRenderer.RenderOffer(reply) is { } offer)
        {
            await privateReplies.TrySendAsync(turnContext, [offer], cancellationToken);
        }
    }

    /// <summary>Words beside a thumb are read by nobody, so what they say of danger is answered at once.</summary>
    private async Task HearFeedbackAsync(ITurnContext turnContext, string text, CancellationToken cancellationToken)
    {
        if (text.Length > 0 && contentSource.Current.CrisisScreen.Screen(text).Danger is not null)
        {
            await SayAsync(turnContext, text, null, cancellationToken);
        }
    }

    private async Task AskForPeopleAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        try
        {
            // No transcript: none is kept.
            await turnContext.SendActivityAsync(EventFactory.CreateHandoffInitiation(turnContext, new Dictionary<string, object?> { ["reason"] = "asked", ["locale"] = turnContext.Activity.Locale }), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.HandoffRefused(logger, turnContext.Activity.ChannelId, exception.GetType().Name);
        }
    }

    private IReadOnlyList<Activity> Render(IActivity activity, Reply reply) =>
        [.. reply.Before.SelectMany(before => Render(activity, before)), .. IsTeams(activity) ? teamsRenderer.Render(reply) : [renderer.Render(reply)]];

    private static async Task SendAsync(ITurnContext turnContext, IReadOnlyList<Activity> activities, CancellationToken cancellationToken)
    {
        foreach (var activity in activities)
        {
            await turnContext.SendActivityAsync(activity, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4004, Level = LogLevel.Information, Message = "The channel did not show that the bot is typing ({ExceptionType}).")]
        public static partial void TypingRefused(ILogger logger, string exceptionType);

        [LoggerMessage(EventId = 4003, Level = LogLevel.Warning, Message = "The channel {Channel} did not take the handoff event ({ExceptionType}). The person has the numbers.")]
        public static partial void HandoffRefused(ILogger logger, string? channel, string exceptionType);
    }
}
