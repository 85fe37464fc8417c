using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bot.Server.Tests;

/// <summary><c>/api/messages</c> as any channel meets it: bad input, channels that fail, and what is forgotten.</summary>
public class ChannelTests
{
    [Theory]
    [InlineData("", 400)]
    [InlineData("not json", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"type":null}""", 400)]
    [InlineData("""{"type":7}""", 400)]
    [InlineData("""{"type":"message","text":{}}""", 400)]
    [InlineData("""{"type":"message","timestamp":"yesterday"}""", 400)]
    [InlineData("""{"type":"message","text":"\ud800"}""", 400)]
    [InlineData("""{"type":"message","from":[]}""", 400)]
    public async Task WhatIsNoActivity_IsABadRequest(string body, int status)
    {
        await using var server = new BotServer();

        Assert.Equal((HttpStatusCode)status, (await PostAsync(server, body)).StatusCode);
    }

    [Fact]
    public async Task DepthAndSize_HaveTheirLimits()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, $$"""{"type":"message","serviceUrl":"{{channel.ServiceUrl}}","channelData":{{deep}}}""")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(server, $$"""{"type":"message","text":"{{new string('a', 1_000_000)}}"}""")).StatusCode);
        Assert.Empty(channel.Sent);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("messageReaction")]
    [InlineData("conversationUpdate")]
    [InlineData("installationUpdate")]
    [InlineData("event")]
    [InlineData("typing")]
    [InlineData("endOfConversation")]
    [InlineData("handoff")]
    [InlineData("trace")]
    [InlineData("command")]
    [InlineData("contactRelationUpdate")]
    [InlineData("nobody knows this")]
    public async Task AnActivityOfAnyType_WithAnythingMissing_IsNoError(string type)
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        var whole = channel.Activity(type, change: activity => activity["value"] = new { state = 3 });

        foreach (var name in whole.Keys.Where(name => name != "type").Append("nothing"))
        {
            var activity = whole.Where(pair => pair.Key != name).ToDictionary();
            activity["id"] = "without-" + name;
            using var response = await FakeChannel.DeliverAsync(server, activity);

            // Without a service URL nobody has proved to be on this machine.
            Assert.Equal((name, name == "serviceUrl" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK), (name, response.StatusCode));
            activity["id"] = "null-" + name;
            activity[name] = null;
            using var withNull = await FakeChannel.DeliverAsync(server, activity);
            Assert.True((int)withNull.StatusCode < 500, name);
        }

        Assert.DoesNotContain("A turn failed", server.Logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://192.0.2.1/teams")]
    [InlineData("https://example.org/teams")]
    [InlineData("http://127.0.0.1.example.org/")]
    [InlineData("http://localhost@192.0.2.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("\\\\192.0.2.1\\share")]
    [InlineData("not a url")]
    [InlineData("")]
    public async Task AHostileServiceUrl_IsRefused(string serviceUrl)
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var response = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity => (activity["serviceUrl"], activity["text"]) = (serviceUrl, "hello")));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(channel.Sent);
    }

    [Theory]
    [InlineData("task/fetch")]
    [InlineData("composeExtension/submitAction")]
    [InlineData("signin/verifyState")]
    [InlineData("nobody knows this")]
    [InlineData(null)]
    public async Task AnInvokeNobodyKnows_Is501(string? name)
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var response = await FakeChannel.DeliverAsync(server, channel.Activity("invoke", change: activity => activity["name"] = name));

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Theory]
    [InlineData("composeExtension/query", "7")]
    [InlineData("composeExtension/query", """{"parameters":[1,null,{"name":7,"value":{}}]}""")]
    [InlineData("message/submitAction", """{"actionValue":{"reaction":[],"feedback":7}}""")]
    [InlineData("message/submitAction", "null")]
    public async Task AnInvokeWithAnOddValue_IsStillAnswered(string name, string value)
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var response = await FakeChannel.DeliverAsync(server, channel.Activity("invoke", change: activity => (activity["name"], activity["value"]) = (name, JsonElement.Parse(value))));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task OtherMethods_AreNotAllowed()
    {
        await using var server = new BotServer();
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync("/api/messages", TestContext.Current.CancellationToken)).StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/api/messages");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.SendAsync(head, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task WithoutAnAppId_InProduction_ItIsClosedAndSaysSo()
    {
        await using var server = new BotServer(new() { ["environment"] = "Production" });
        await using var channel = await FakeChannel.StartAsync();

        using var response = await channel.SayAsync(server, "hello");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("MicrosoftAppId is not set", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("/api/messages is closed", server.Logged, StringComparison.Ordinal);
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task Replies_AreInTheAnswer_ForWhoAsksForThem()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();

        using var response = await FakeChannel.DeliverAsync(server, channel.Activity("message", change: activity => (activity["deliveryMode"], activity["text"]) = ("expectReplies", "i want to die")));

        var activities = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("activities");
        Assert.Contains("988", activities[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task AChannelThatIsBusy_IsTriedAgain_AndOneThatRefusesIsNot()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        var busy = new Queue<int>([502, 429]);
        channel.Answer = context =>
        {
            if (!busy.TryDequeue(out var status))
            {
                return null;
            }

            context.Response.Headers.RetryAfter = "0";
            return Results.StatusCode(status);
        };

        using var tried = await channel.SayAsync(server, "is heroin a stimulant");
        Assert.Equal(3, channel.Sent.Count);

        channel.Answer = _ => Results.StatusCode(403);
        using var refused = await channel.SayAsync(server, "is heroin a stimulant");

        // The answer, then the apology; then nobody is left to tell.
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal(5, channel.Sent.Count);
        Assert.Contains("911", channel.Sent[4].Text, StringComparison.Ordinal);
        Assert.Contains("The apology could not be sent", server.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChannelThatIsSlow_ChangesNoOrder()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        channel.Answer = _ =>
        {
            Thread.Sleep(channel.Sent.Count == 1 ? 300 : 0);
            return null;
        };

        var first = channel.SayAsync(server, "is heroin a stimulant");
        while (channel.Sent.Count == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var second = channel.SayAsync(server, "what is an opioid");
        using var one = await first;
        using var two = await second;

        Assert.Equal(["in-1", "in-2"], channel.Sent.Select(sent => sent.Body.GetProperty("replyToId").GetString()));
    }

    [Fact]
    public async Task WhatWasTyped_IsNotLogged()
    {
        await using var server = new BotServer();
        await using var channel = await FakeChannel.StartAsync();
        channel.Answer = _ => Results.StatusCode(500);

        using var response = await channel.SayAsync(server, "zebrafish want to know about heroin");

        Assert.DoesNotContain("zebrafish", server.Logged, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("29:alex", server.Logged, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(BotServer server, string body)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return await client.PostAsync("/api/messages", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
    }
}
