using System.Text.Json;
using Bot.Core.Escalations;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema;
using ChannelIds = Microsoft.Bot.Connector.Channels;

namespace Bot.Server.Channels.Teams;

/// <summary>Tells staff in a Teams channel: a card a request, reminders under it, the card kept as things are.</summary>
public sealed class TeamsNotifier(EscalationTarget target, IServiceProvider services, StaffCards cards, IConfiguration configuration) : IEscalationNotifier
{
    public string Target => target.Name;

    // The adapter makes the bot, whose replies may need this class: it is asked for when it is needed.
    private ChannelAdapter Adapter => services.GetRequiredService<ChannelAdapter>();

    public async Task<string?> NotifyAsync(DueNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var receipt = Receipt.Read(notice.Receipt);
        switch (notice.Notice.Kind)
        {
            case NoticeKind.Reminder when receipt is not null:
                await InThreadAsync(receipt, (context, token) => context.SendActivityAsync("Nobody has taken this call yet.", cancellationToken: token), cancellationToken);
                return null;
            case NoticeKind.Change when receipt is not null:
                await InThreadAsync(
                    receipt,
                    (context, token) =>
                    {
                        var card = CardOf(cards.Create(notice.Escalation));
                        card.Id = receipt.ActivityId;
                        return context.UpdateActivityAsync(card, token);
                    },
                    cancellationToken);
                return null;
            case NoticeKind.Change:
                // Told by a try of which nobody knows what came: there is no card to change.
                return null;
            default:
                return (await PostAsync(CardOf(cards.Create(notice.Escalation)), cancellationToken)).Write();
        }
    }

    /// <summary>Quietly: whether the service knows the channel and lets the bot see it.</summary>
    public async Task TestAsync(bool isSeen, CancellationToken cancellationToken)
    {
        if (isSeen)
        {
            await PostAsync(CardOf(StaffCards.CreateTest()), cancellationToken);
            return;
        }

        await InThreadAsync(
            new Receipt(target.ChannelId, null),
            async (context, token) => await context.TurnState.Get<IConnectorClient>().Conversations.GetConversationPagedMembersAsync(target.ChannelId, 1, null, token),
            cancellationToken);
    }

    private async Task<Receipt> PostAsync(Activity activity, CancellationToken cancellationToken)
    {
        Receipt? receipt = null;
        var parameters = new ConversationParameters
        {
            IsGroup = true,
            Activity = activity,
            TenantId = target.TenantId.Length > 0 ? target.TenantId : null,
            ChannelData = new Dictionary<string, object?> { ["channel"] = new Dictionary<string, object?> { ["id"] = target.ChannelId } },
        };
        await Adapter.CreateConversationAsync(
            configuration["MicrosoftAppId"] ?? string.Empty,
            ChannelIds.Msteams,
            target.ServiceUrl,
            null,
            parameters,
            (context, _) =>
            {
                receipt = new Receipt(context.Activity.Conversation.Id, context.Activity.Id);
                return Task.CompletedTask;
            },
            cancellationToken);
        return receipt ?? throw new InvalidOperationException("Teams named no conversation for the card.");
    }

    private async Task InThreadAsync(Receipt receipt, BotCallbackHandler work, CancellationToken cancellationToken)
    {
        var reference = new ConversationReference { ChannelId = ChannelIds.Msteams, ServiceUrl = target.ServiceUrl, Conversation = new ConversationAccount(id: receipt.ConversationId) };

        // The adapter's own handler would answer a failure with an apology in the staff's channel.
        Exception? failure = null;
        await Adapter.ContinueConversationAsync(
            configuration["MicrosoftAppId"] ?? string.Empty,
            reference,
            async (context, token) =>
            {
                try
                {
                    context.Activity.Id = null;
                    await work(context, token);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    failure = exception;
                }
            },
            cancellationToken);
        if (failure is not null)
        {
            throw new InvalidOperationException($"The Teams channel did not take it: {failure.GetType().Name}.", failure);
        }
    }

    private static Activity CardOf(Dictionary<string, object?> card) => new(ActivityTypes.Message) { Attachments = [AdaptiveCards.ToAttachment(card)], Summary = card["fallbackText"] as string };

    private sealed record Receipt(string ConversationId, string? ActivityId)
    {
        public string Write() => JsonSerializer.Serialize(this);

        public static Receipt? Read(string? text) => string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<Receipt>(text);
    }
}
