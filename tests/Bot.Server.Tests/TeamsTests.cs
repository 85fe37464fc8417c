using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests;

/// <summary>What people in Teams see, in a chat of their own and where others read along.</summary>
public class TeamsTests
{
    [Fact]
    public async Task AQuestion_IsAnsweredWithACard_AndItsButtonWorksLikeTyping()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await channel.SayAsync(server, "<at>FAQ</at>&nbsp;is heroin a stimulant?");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var sent = Assert.Single(channel.Sent, sent => sent.IsMessage);
        Assert.Equal("/teams/v3/conversations/a:personal/activities/in-1", Uri.UnescapeDataString(sent.Path));
        var card = sent.Card!.Value;
        Assert.Equal("1.5", card.GetProperty("version").GetString());
        Assert.Equal("Full", card.GetProperty("msteams").GetProperty("width").GetString());
        Assert.Contains("**depressant**", card.GetProperty("fallbackText").GetString(), StringComparison.Ordinal);
        Assert.Contains("“No. Heroin is a depressant", sent.Readable, StringComparison.Ordinal);
        Assert.Equal("default", sent.Body.GetProperty("channelData").GetProperty("feedbackLoop").GetProperty("type").GetString());
        Assert.False(sent.Body.TryGetProperty("suggestedActions", out _));

        var why = card.GetProperty("actions").EnumerateArray().First(action => action.GetProperty("title").GetString() == "Why is that?");
        using var clicked = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity =>
        {
            activity["text"] = "Why is that?";
            activity["value"] = why.GetProperty("data");
        }));
        using var submitted = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity => activity["value"] = why.GetProperty("data")));
        using var typed = await channel.SayAsync(server, "why is heroin a depressant");

        var replies = channel.Sent.Where(one => one.IsMessage).Skip(1).Select(one => one.Readable).ToList();
        Assert.Equal(3, replies.Count);
        Assert.Single(replies.Distinct());
    }

    [Fact]
    public async Task AnExecute_IsAnsweredInTheChatAndInTheInvoke()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await FakeChannel.DeliverAsync(server, Invoke(channel, "adaptiveCard/action", new { action = new { type = "Action.Execute", verb = "ask", data = new { answerId = "is-heroin-a-stimulant", title = "Is heroin a stimulant?" } } }));
        using var bad = await FakeChannel.DeliverAsync(server, Invoke(channel, "adaptiveCard/action", new { action = new { type = "Action.Submit" } }));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/vnd.microsoft.activity.message", (await ReadAsync(answer)).GetProperty("type").GetString());
        Assert.Contains("depressant", Assert.Single(channel.Sent, sent => sent.IsMessage).Readable, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Danger_InAChatOfTheirOwn_IsMessageTextWithNumbersToTap()
    {
        await using var server = new BotServer(new() { ["Channels:LocalEmergencyNumber"] = "112" });
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await channel.SayAsync(server, "i want to kill myself");

        var (help, safety) = (channel.Sent[0], channel.Sent[1]);
        Assert.Contains("**[988](tel:988)**", help.Text, StringComparison.Ordinal);
        Assert.Contains("**[911](tel:911)**", help.Text, StringComparison.Ordinal);
        Assert.Contains("emergency number is **[112](tel:112)**", help.Text, StringComparison.Ordinal);
        Assert.Null(help.Card);
        Assert.Equal(["I am safe", "I need help now", "It is about someone else", "I was asking for information"], safety.Card!.Value.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString()));

        using var pressed = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity => activity["value"] = safety.Card.Value.GetProperty("actions")[0].GetProperty("data")));
        Assert.Contains("I am glad you are safe", channel.Sent[2].Readable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel")]
    [InlineData("groupChat")]
    public Task Danger_WhereOthersRead_GoesToThePersonAlone(string conversationType) => TellsThePersonAloneAsync("i want to kill myself", conversationType);

    [Fact]
    public Task Distress_WhereOthersRead_AndNothingAnswersIt_GoesToThePersonAlone() => TellsThePersonAloneAsync("nobody will miss me", "channel");

    private static async Task TellsThePersonAloneAsync(string text, string conversationType)
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await channel.SayAsync(server, "<at>FAQ</at> " + text, conversationType);

        Assert.DoesNotContain(channel.Sent, sent => sent.Path.Contains("19:team", StringComparison.Ordinal) || sent.Path.Contains("19%3A", StringComparison.Ordinal));
        var created = channel.Sent[0];
        Assert.Equal("/teams/v3/conversations", created.Path);
        Assert.Equal("29:alex", created.Body.GetProperty("members")[0].GetProperty("id").GetString());
        Assert.Equal("tenant-1", created.Body.GetProperty("channelData").GetProperty("tenant").GetProperty("id").GetString());
        Assert.All(channel.Sent.Skip(1), sent => Assert.Equal("/teams/v3/conversations/a:own-chat/activities", Uri.UnescapeDataString(sent.Path)));
        Assert.Contains("988", channel.Sent[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_WhereOthersRead_IsATargetedMessageWhereTeamsKnowsThem()
    {
        await using var server = new BotServer(new() { ["Channels:TargetedMessages"] = "Always" });
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await channel.SayAsync(server, "i want to kill myself", "channel");
        using var ordinary = await channel.SayAsync(server, "is heroin a stimulant", "channel");

        Assert.Equal(["?isTargetedActivity=true", "?isTargetedActivity=true", ""], channel.Sent.Select(sent => sent.Query));
        Assert.Equal("29:alex", channel.Sent[0].Body.GetProperty("recipient").GetProperty("id").GetString());
        Assert.Contains("depressant", channel.Sent[2].Readable, StringComparison.Ordinal);
        Assert.DoesNotContain("988", channel.Sent[2].Readable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_WhenThePersonCannotBeReachedAlone_PutsNumbersForAnyoneBeforeTheGroup()
    {
        await using var server = new BotServer(new() { ["Channels:TargetedMessages"] = "Always" });
        await using var channel = await FakeChannel.StartAsync();
        channel.Answer = context => context.Request.Path.Value!.EndsWith("/v3/conversations", StringComparison.Ordinal) || context.Request.Query.ContainsKey("isTargetedActivity") ? Results.StatusCode(403) : null;

        using var answer = await channel.SayAsync(server, "i want to kill myself", "channel");

        var shown = Assert.Single(channel.Sent, sent => sent.Query.Length == 0 && sent.Path.Contains("activities", StringComparison.Ordinal));
        Assert.StartsWith("I answer questions about the article here.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("988", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("safe", shown.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Danger_WhenTheChannelIsSlowInPrivate_StillPutsNumbersBeforeTheGroup_AndHoldsNobodyElseUp()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        channel.Answer = context =>
        {
            if (context.Request.Path.Value!.EndsWith("/v3/conversations", StringComparison.Ordinal))
            {
                context.RequestAborted.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            }

            return null;
        };

        var danger = channel.SayAsync(server, "i want to kill myself", "channel");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        using var other = await FakeChannel.DeliverAsync(server, channel.Activity("message", "channel", activity =>
        {
            activity["from"] = new Dictionary<string, object?> { ["id"] = "29:sam", ["name"] = "Sam" };
            activity["text"] = "is heroin a stimulant";
        }));
        Assert.Contains("depressant", Assert.Single(channel.Sent, sent => sent.IsMessage).Readable, StringComparison.Ordinal);

        using var answer = await danger;
        var last = channel.Sent.Last(sent => sent.IsMessage);
        Assert.StartsWith("I answer questions about the article here.", last.Text, StringComparison.Ordinal);
        Assert.Contains("988", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_WhenTypingIsRefused_IsStillAnsweredWithTheNumbers()
    {
        await using var server = new BotServer(null, services => services.AddSingleton<IStorage>(new SlowStorage()));
        await using var channel = await FakeChannel.StartAsync();
        channel.Answer = _ => channel.Sent[^1].Body.GetProperty("type").GetString() == "typing" ? Results.StatusCode(403) : null;

        using var answer = await channel.SayAsync(server, "i want to kill myself");

        Assert.Equal("typing", channel.Sent[0].Body.GetProperty("type").GetString());
        Assert.StartsWith("I hear thoughts of suicide", channel.Sent[1].Text, StringComparison.Ordinal);
        Assert.Contains("988", channel.Sent[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Distress_WhereOthersRead_IsAnsweredPlainly_AndHelpIsOfferedAlone()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var answer = await channel.SayAsync(server, "can heroin kill you", "channel");

        var inGroup = Assert.Single(channel.Sent, sent => sent.IsMessage && Uri.UnescapeDataString(sent.Path).Contains("19:team", StringComparison.Ordinal));
        var alone = Assert.Single(channel.Sent, sent => sent.IsMessage && Uri.UnescapeDataString(sent.Path).Contains("a:own-chat", StringComparison.Ordinal));
        Assert.DoesNotContain("If someone is in danger", inGroup.Readable, StringComparison.Ordinal);
        Assert.Contains("If someone is in danger", alone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWelcome_ComesOncePerPerson_AndPromisesNoPrivacy()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        void Update(Dictionary<string, object?> activity) => activity["membersAdded"] = new[] { new { id = "29:alex" }, new { id = "28:bot" } };

        using var first = await FakeChannel.DeliverAsync(server, channel.Activity("installationUpdate", change: activity => activity["action"] = "add"));
        using var second = await FakeChannel.DeliverAsync(server, channel.Activity("conversationUpdate", change: Update));
        using var third = await FakeChannel.DeliverAsync(server, channel.Activity("conversationUpdate", change: Update));
        using var inTeam = await FakeChannel.DeliverAsync(server, channel.Activity("conversationUpdate", "channel", Update));

        var welcome = Assert.Single(channel.Sent);
        Assert.Contains("**Your organisation may keep and read messages here.** For a private conversation, call or text **[988](tel:988)**", welcome.Readable, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody is watching", welcome.Readable, StringComparison.Ordinal);
        Assert.Equal(3, welcome.Card!.Value.GetProperty("actions").GetArrayLength());
    }

    [Fact]
    public async Task ADeliveryThatComesTwice_IsAnsweredOnce()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        var activity = channel.Activity("message", change: one => one["text"] = "is heroin a stimulant");

        using var first = await FakeChannel.DeliverAsync(server, activity);
        using var again = await FakeChannel.DeliverAsync(server, activity);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task ASearch_FindsCardsToInsert_AndForDangerTheNumbersAlone()
    {
        await using var server = new BotServer(new() { ["Channels:PublicUrl"] = "https://faq.example.org" });
        await using var channel = await FakeChannel.StartAsync();
        object Query(string name, string text) => new { commandId = "searchAnswers", parameters = new[] { new { name, value = text } }, queryOptions = new { skip = 0, count = 25 } };

        using var found = await FakeChannel.DeliverAsync(server, Invoke(channel, "composeExtension/query", Query("searchQuery", "is heroin a stimulant")));
        using var initial = await FakeChannel.DeliverAsync(server, Invoke(channel, "composeExtension/query", Query("initialRun", "true")));
        using var danger = await FakeChannel.DeliverAsync(server, Invoke(channel, "composeExtension/query", Query("searchQuery", "i took all my pills")));

        var result = (await ReadAsync(found)).GetProperty("composeExtension");
        Assert.Equal("result", result.GetProperty("type").GetString());
        var first = result.GetProperty("attachments")[0];
        Assert.Equal("AdaptiveCard", first.GetProperty("content").GetProperty("type").GetString());
        Assert.StartsWith("https://faq.example.org/#", first.GetProperty("content").GetProperty("actions")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(first.GetProperty("preview").GetProperty("content").GetProperty("title").GetString()));
        Assert.Equal(3, (await ReadAsync(initial)).GetProperty("composeExtension").GetProperty("attachments").GetArrayLength());
        var help = (await ReadAsync(danger)).GetProperty("composeExtension");
        Assert.Equal("message", help.GetProperty("type").GetString());
        Assert.Contains("988", help.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.False(help.TryGetProperty("attachments", out _));
        Assert.Empty(channel.Sent);
        Assert.DoesNotContain("all my pills", server.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AThumb_IsTaken_AndWordsOfDangerBesideItAreAnswered()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        object Thumb(string text) => new { actionName = "feedback", actionValue = new { reaction = "dislike", feedback = JsonSerializer.Serialize(new { feedbackText = text }) } };

        using var plain = await FakeChannel.DeliverAsync(server, Invoke(channel, "message/submitAction", Thumb("too long")));
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Empty(channel.Sent);

        using var grave = await FakeChannel.DeliverAsync(server, Invoke(channel, "message/submitAction", Thumb("useless, i want to die")));
        Assert.Equal(HttpStatusCode.OK, grave.StatusCode);
        Assert.Contains("988", channel.Sent[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PeopleBehindAChannel_AreToldAndTellThePerson()
    {
        await using var server = new BotServer(new() { ["Channels:HandoffChannels:0"] = "omnichannel" });
        await using var channel = await FakeChannel.StartAsync();

        using var asked = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity => (activity["channelId"], activity["text"]) = ("omnichannel", "can you help me")));
        using var accepted = await FakeChannel.DeliverAsync(server, channel.Activity("event", change: activity => (activity["name"], activity["value"]) = ("handoff.status", new { state = "accepted" })));
        using var unknown = await FakeChannel.DeliverAsync(server, channel.Activity("event", change: activity => (activity["name"], activity["value"]) = ("handoff.status", new { state = "odd" })));

        Assert.Equal(3, channel.Sent.Count);
        var initiation = channel.Sent[1].Body;
        Assert.Equal("handoff.initiate", initiation.GetProperty("name").GetString());
        Assert.False(initiation.TryGetProperty("attachments", out var attachments) && attachments.GetArrayLength() > 0, "No transcript without consent.");
        Assert.Contains("A person has taken over", channel.Sent[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryReply_IsSmallEnoughForTeams()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        foreach (var text in new[] { "hello", "is heroin a stimulant", "asdfgh qwerty", "i took all my pills", "how much can i take", "quiero morir", "what can you do", "" })
        {
            using var answer = await channel.SayAsync(server, text);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.True(channel.Sent.Count >= 8);
        Assert.All(channel.Sent, sent => Assert.InRange(sent.Length, 1, 80 * 1024));
    }

    private static Dictionary<string, object?> Invoke(FakeChannel channel, string name, object value) =>
        channel.Activity("invoke", change: activity => (activity["name"], activity["value"]) = (name, value));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>A store that takes long enough for the bot to show that it is busy.</summary>
    private sealed class SlowStorage : IStorage
    {
        public async Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken = default)
        {
            await Task.Delay(800, cancellationToken);
            return new Dictionary<string, object>();
        }

        public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task DeleteAsync(string[] keys, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
