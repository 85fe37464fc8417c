using System.Globalization;
using Bot.Core.Conversations;
using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Runs the bot in this process: what it sends goes into the conversation's log, where polls and streams find it.</summary>
public sealed partial class DirectLineAdapter : BotAdapter
{
    public const string ChannelId = "directline";

    private const int MostAttempts = 3;

    /// <summary>Shorter than the claim on a conversation lasts.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private static readonly ChannelAccount Bot = new("bot", "FAQ", RoleTypes.Bot);

    private readonly IConversationLog _log;
    private readonly TimeProvider _timeProvider;

    public DirectLineAdapter(IConversationLog log, Responder responder, TimeProvider timeProvider, ILogger<DirectLineAdapter> logger)
    {
        ArgumentNullException.ThrowIfNull(responder);
        _log = log;
        _timeProvider = timeProvider;
        OnTurnError = async (context, exception) =>
        {
            Log.TurnFailed(logger, exception.GetType().Name, exception.TargetSite?.Name);
            await context.SendActivityAsync(ReplyRenderer.RenderApology(responder.Apologize(context.Activity.Locale)), CancellationToken.None);
        };
    }

    /// <summary>
    /// Answers what waits in the conversation, one activity after the other, until nothing does. What another process is at is left to it, and
    /// looked at again, since it may be gone.
    /// </summary>
    public async Task AnswerAsync(string conversationId, BotCallbackHandler callback, CancellationToken cancellationToken)
    {
        while (true)
        {
            var take = await _log.TakeAsync(conversationId, cancellationToken);
            if (take.Entry is not { } entry)
            {
                if (!take.IsBusy)
                {
                    return;
                }

                await Task.Delay(LookAgain, _timeProvider, cancellationToken);
                continue;
            }

            // What has ended two processes is not given to a third: the person is told, with the numbers.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestTurn);
            var activity = ActivityJson.Deserialize(entry.ActivityJson);
            var unit = await TurnUnit.RunAsync(() => ProcessAsync(activity, take.Attempts < MostAttempts ? callback : (_, _) => throw new InvalidOperationException("The turn failed too often."), limit.Token));
            await _log.CompleteAsync(conversationId, entry, unit, CancellationToken.None);
        }
    }

    /// <summary>Runs the bot on an activity.</summary>
    public async Task ProcessAsync(Activity activity, BotCallbackHandler callback, CancellationToken cancellationToken)
    {
        using var context = new TurnContext(this, activity);
        await RunPipelineAsync(context, callback, cancellationToken);
    }

    public override async Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(activities);
        var responses = new ResourceResponse[activities.Length];
        for (var i = 0; i < activities.Length; i++)
        {
            var activity = activities[i];
            responses[i] = new ResourceResponse(activity.Id ?? string.Empty);

            // Traces are for developers' channels; typing means nothing when answers take milliseconds.
            if (activity.Type is not (ActivityTypes.Trace or ActivityTypes.Typing))
            {
                activity.From = Bot;
                if (TurnUnit.Current is { } unit)
                {
                    // Said when the turn ends, together with what is remembered of it.
                    unit.Replies.Add(position => Write(activity, position));
                }
                else
                {
                    responses[i] = new ResourceResponse(await AppendAsync(activity, null, false, cancellationToken) is { } append ? IdOf(activity.Conversation.Id, append.Position) : string.Empty);
                }
            }
        }

        return responses;
    }

    /// <summary>Puts an activity into its conversation's log under the id of its place; null when the conversation is gone.</summary>
    public Task<LogAppend?> AppendAsync(Activity activity, string? clientActivityId, bool needsAnswer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return _log.AppendAsync(activity.Conversation.Id, clientActivityId, needsAnswer, position => Write(activity, position), cancellationToken);
    }

    private string Write(Activity activity, long position)
    {
        activity.Id = IdOf(activity.Conversation.Id, position);
        activity.Timestamp = _timeProvider.GetUtcNow();
        activity.ChannelId = ChannelId;
        return ActivityJson.Serialize(activity);
    }

    public override Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Direct Line has no updates: send another activity.");

    public override Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Direct Line has no deletions.");

    internal static string IdOf(string conversationId, long position) => string.Create(CultureInfo.InvariantCulture, $"{conversationId}|{position:0000000}");

    /// <summary>Under which the bot's state of a conversation is stored.</summary>
    internal static string StateKeyOf(string conversationId) => $"{ChannelId}/conversations/{conversationId}";

    internal static ChannelAccount BotAccount => new(Bot.Id, Bot.Name, Bot.Role);

    private static partial class Log
    {
        [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A turn failed ({ExceptionType} in {Method}); the person was given the numbers.")]
        public static partial void TurnFailed(ILogger logger, string exceptionType, string? method);
    }
}
