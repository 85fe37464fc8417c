using System.Text.Json;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace Bot.Framework.Tests;

/// <summary>What goes over the wire is what the official SDK would send.</summary>
public class JsonFidelityTests
{
    private static readonly JsonSerializerOptions Options = BotJson.Options;

    [Fact]
    public void RoundTrip_UnknownMembersAtEveryLevel_AreKept()
    {
        const string Wire = """
            {"type":"message","text":"hi","from":{"id":"u","unknownInFrom":[1,{"a":null}]},"conversation":{"id":"c","x":true},
             "attachments":[{"contentType":"t","extra":{"deep":1.50}}],"entities":[{"type":"clientInfo","country":"US","nested":{"k":"v"}}],"unknownAtTop":{"y":[]}}
            """;

        var back = JsonSerializer.Serialize(JsonSerializer.Deserialize<Activity>(Wire, Options), Options);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Wire), JsonElement.Parse(back)), back);
    }

    [Fact]
    public void Serialize_UnsetMembers_AreAbsentAndNeverNull()
    {
        var wire = JsonSerializer.Serialize(new Activity(ActivityTypes.Message) { Text = "hi" }, Options);

        Assert.Equal("""{"text":"hi","type":"message"}""", wire);
    }

    [Fact]
    public void Serialize_NullInsideAPayload_IsKept()
    {
        var activity = new Activity(ActivityTypes.Event) { Value = new Dictionary<string, object?> { ["state"] = "accepted", ["message"] = null } };

        Assert.Contains("""{"state":"accepted","message":null}""", JsonSerializer.Serialize(activity, Options), StringComparison.Ordinal);
    }

    [Fact]
    public void MessageFactoryAndCreateReply_SendEmptyLists()
    {
        var incoming = new Activity(ActivityTypes.Message) { Id = "1", From = new ChannelAccount("u"), Recipient = new ChannelAccount("b"), Conversation = new ConversationAccount(id: "c") };

        foreach (var message in new[] { MessageFactory.Text("hi"), incoming.CreateReply("hi") })
        {
            var wire = JsonSerializer.Serialize(message, Options);
            Assert.Contains("\"attachments\":[]", wire, StringComparison.Ordinal);
            Assert.Contains("\"entities\":[]", wire, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HeroCard_AsAttachment_HasTheChannelNames()
    {
        var card = new HeroCard("Call", buttons: [new CardAction(ActionTypes.Call, "911", value: "tel:911")]).ToAttachment();

        var wire = JsonSerializer.Serialize(card, Options);

        Assert.Equal("""{"content":{"buttons":[{"title":"911","type":"call","value":"tel:911"}],"title":"Call"},"contentType":"application/vnd.microsoft.card.hero"}""", wire);
    }

    [Fact]
    public void GetChannelData_OfAnIncomingActivity_ReadsTheTypeAskedFor()
    {
        var activity = JsonSerializer.Deserialize<Activity>("""{"type":"message","channelData":{"clientActivityID":"7"}}""", Options)!;

        Assert.Equal("7", activity.GetChannelData<Dictionary<string, string>>()["clientActivityID"]);
        Assert.False(activity.TryGetChannelData<int[]>(out _));
    }

    [Fact]
    public void GetMentions_ReadsTheMentionedAccount()
    {
        var activity = JsonSerializer.Deserialize<Activity>("""{"type":"message","entities":[{"type":"mention","mentioned":{"id":"bot"},"text":"<at>Bot</at>"}]}""", Options)!;

        Assert.Equal("bot", Assert.Single(activity.GetMentions()).Mentioned.Id);
    }
}
