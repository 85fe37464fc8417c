#nullable disable
using System.Globalization;
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>Where a conversation is, so that it can be continued later.</summary>
public class ConversationReference
{
    public ConversationReference()
    {
    }

    public ConversationReference(CultureInfo locale, string activityId = null, ChannelAccount user = null, ChannelAccount bot = null, ConversationAccount conversation = null, string channelId = null, string serviceUrl = null)
    {
        Locale = locale?.ToString();
        ActivityId = activityId;
        User = user;
        Bot = bot;
        Conversation = conversation;
        ChannelId = channelId;
        ServiceUrl = serviceUrl;
    }

    public ConversationReference(string activityId = null, ChannelAccount user = null, ChannelAccount bot = null, ConversationAccount conversation = null, string channelId = null, string serviceUrl = null)
    {
        ActivityId = activityId;
        User = user;
        Bot = bot;
        Conversation = conversation;
        ChannelId = channelId;
        ServiceUrl = serviceUrl;
    }

    [JsonPropertyName("activityId")]
    public string ActivityId { get; set; }

    [JsonPropertyName("bot")]
    public ChannelAccount Bot { get; set; }

    [JsonPropertyName("channelId")]
    public string ChannelId { get; set; }

    [JsonPropertyName("conversation")]
    public ConversationAccount Conversation { get; set; }

    [JsonPropertyName("locale")]
    public string Locale { get; set; }

    [JsonPropertyName("serviceUrl")]
    public string ServiceUrl { get; set; }

    [JsonPropertyName("user")]
    public ChannelAccount User { get; set; }

    /// <summary>The event activity that starts a proactive turn in this conversation.</summary>
    public Activity GetContinuationActivity()
    {
        return new Activity
        {
            Type = ActivityTypes.Event,
            Name = "ContinueConversation",
            Id = Guid.NewGuid().ToString(),
            ChannelId = ChannelId,
            Locale = Locale,
            ServiceUrl = ServiceUrl,
            Conversation = Conversation,
            Recipient = Bot,
            From = User,
            RelatesTo = this,
        };
    }
}
