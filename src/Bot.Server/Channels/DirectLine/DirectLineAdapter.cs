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

    /// <summary>Runs the bot on an activity that is in the log already.</summary>
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
                responses[i] = new ResourceResponse(await AppendAsync(activity, null, cancellationToken) is { } append ? IdOf(activity.Conversation.Id, append.Position) : string.Empty);
            }
        }

        return responses;
    }

    /// <summary>Puts an activity into its conversation's log under the id of its place; null when the conversation is gone.</summary>
    public Task<LogAppend?> AppendAsync(Activity activity, string? clientActivityId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var conversationId = activity.Conversation.Id;
        return _log.AppendAsync(
            conversationId,
            clientActivityId,
            position =>
            {
                activity.Id = IdOf(conversationId, position);
                activity.Timestamp = _timeProvider.GetUtcNow();
                activity.ChannelId = ChannelId;
                return ActivityJson.Serialize(activity);
            },
            cancellationToken);
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
