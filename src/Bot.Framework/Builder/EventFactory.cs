#nullable disable
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>The events of the handoff protocol.</summary>
public static class EventFactory
{
    /// <summary>Asks the channel to hand the conversation to people.</summary>
    public static IEventActivity CreateHandoffInitiation(ITurnContext turnContext, object handoffContext, Transcript transcript = null)
    {
        BotAssert.ContextNotNull(turnContext);
        var activity = turnContext.Activity;
        var handoff = New(HandoffEventNames.InitiateHandoff, handoffContext, activity.Conversation);
        handoff.From = activity.From;
        handoff.RelatesTo = activity.GetConversationReference();
        handoff.ReplyToId = activity.Id;
        handoff.ServiceUrl = activity.ServiceUrl;
        handoff.ChannelId = activity.ChannelId;
        if (transcript is not null)
        {
            handoff.Attachments = [new Attachment { Content = transcript, ContentType = "application/json", Name = "Transcript" }];
        }

        return handoff;
    }

    /// <summary>Says how far a handoff has come: "accepted", "failed" or "completed".</summary>
    public static IEventActivity CreateHandoffStatus(ConversationAccount conversation, string state, string message = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(state);
        return New(HandoffEventNames.HandoffStatus, new Dictionary<string, object> { ["state"] = state, ["message"] = message }, conversation);
    }

    private static Activity New(string name, object value, ConversationAccount conversation) => new()
    {
        Type = ActivityTypes.Event,
        Name = name,
        Value = value,
        Id = Guid.NewGuid().ToString(),
        Timestamp = DateTime.UtcNow,
        Conversation = conversation,
        Attachments = [],
        Entities = [],
    };
}
