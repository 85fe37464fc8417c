using System.Security.Claims;
using System.Security.Principal;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// Stands between the adapter and the bot: the turns of a conversation (in a group, of a person in it) run one at a time, a delivery that comes twice is answered once, and a turn
/// that takes longer than the channel waits goes on after its request is answered.
/// </summary>
public sealed class QueuedBot(IBot bot, ChannelAdapter adapter, ConversationTurns turns, SeenActivities seen, TimeProvider timeProvider) : IBot
{
    /// <summary>Teams gives up on a request after about ten seconds.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(7);

    public async Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        var activity = turnContext.Activity;
        if (activity.Conversation?.Id is not { Length: > 0 } conversationId || string.IsNullOrEmpty(activity.ChannelId))
        {
            // Nobody could be answered.
            return;
        }

        if (activity.Type == ActivityTypes.Invoke || activity.DeliveryMode == DeliveryModes.ExpectReplies || string.IsNullOrEmpty(activity.ServiceUrl))
        {
            // Answered in the request's own answer.
            await bot.OnTurnAsync(turnContext, cancellationToken);
            return;
        }

        if (!seen.TryAdd(activity.ChannelId, conversationId, activity.Id))
        {
            return;
        }

        var identity = turnContext.TurnState.Get<IIdentity>(BotAdapter.BotIdentityKey) as ClaimsIdentity ?? new ClaimsIdentity();

        // In a group what is remembered is each person's own, and nobody waits for help behind somebody else's slow turn.
        var order = $"{activity.ChannelId}/{conversationId}/{(ConversationMemories.IsGroup(activity) ? activity.From?.Id : null)}";
        var turn = turns.EnqueueAsync(order, stopping => adapter.ContinueConversationAsync(identity, activity, bot.OnTurnAsync, stopping));
        try
        {
            await turn.WaitAsync(LongestRequest, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on; a second delivery of the same activity is known by its id.
        }
    }
}
