using System.Net.Http.Json;
using System.Text.Json;
using Bot.Core.Escalations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests.Escalations;

/// <summary>Staff in their Teams channel: a card for a request, one who takes it, everybody sees who.</summary>
public sealed class StaffInTeamsTests : IAsyncLifetime
{
    private const string Channel = "19:staff@thread.tacv2";
    private const string Thread = Channel + ";messageid=1";

    private FakeChannel _teams = null!;
    private BotServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _teams = await FakeChannel.StartAsync();
        _teams.Answer = context => context.Request.Path.Value!.EndsWith("/v3/conversations", StringComparison.Ordinal) ? Results.Json(new { id = Thread, activityId = "card-1" }, statusCode: 201)
            : context.Request.Path.Value.Contains("/pagedmembers", StringComparison.Ordinal) ? Results.Json(new { members = Array.Empty<object>() }) : null;
        _server = new BotServer(new()
        {
            ["environment"] = "Development",
            ["Escalations:Desk"] = "The front desk",
            ["Escalations:Targets:0:Name"] = "teams",
            ["Escalations:Targets:0:Kind"] = "Teams",
            ["Escalations:Targets:0:ChannelId"] = Channel,
            ["Escalations:Targets:0:TenantId"] = "tenant-1",
            ["Escalations:Targets:0:ServiceUrl"] = _teams.ServiceUrl,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _teams.DisposeAsync();
    }

    [Fact]
    public async Task ARequest_IsACardInTheChannel_TakenByOne_SeenByAll_ToldToThePerson()
    {
        using var person = await RequestAsync();

        var posted = await SentAsync(sent => sent.Method == "POST" && sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal));
        Assert.Equal(Channel, posted.Body.GetProperty("channelData").GetProperty("channel").GetProperty("id").GetString());
        Assert.Equal("tenant-1", posted.Body.GetProperty("tenantId").GetString());
        var card = posted.Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");
        Assert.Contains("[(212) 555-0123](tel:+12125550123)", card.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ana", card.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Take", "Close"], Titles(card));

        var clicks = await Task.WhenAll(ClickAsync(card, "Take", "Ben"), ClickAsync(card, "Take", "Cleo"));
        var won = Assert.Single(clicks, click => click.GetProperty("type").GetString() == "application/vnd.microsoft.card.adaptive").GetProperty("value");
        var late = Assert.Single(clicks, click => click.GetProperty("type").GetString() == "application/vnd.microsoft.activity.message").GetProperty("value").GetString();
        Assert.Equal(["Reached", "Could not reach", "Close"], Titles(won));
        Assert.Matches("Nothing was changed. (Ben|Cleo) has taken this call.", late);
        Assert.Contains("has taken your request", (await person.NextReplyAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
        var updated = await SentAsync(sent => sent.Method == "PUT");
        Assert.Equal($"/teams/v3/conversations/{Thread}/activities/card-1", Uri.UnescapeDataString(updated.Path));
        Assert.Contains("has taken this call", updated.Body.ToString(), StringComparison.Ordinal);

        var reached = await ClickAsync(won, "Reached", "Ben");
        Assert.DoesNotContain("2125550123", reached.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Reached, by Ben", (await ClickAsync(card, "Take", "Dora")).GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("2125550123", _server.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACardOfWhatThePersonCancelled_CannotBeTaken_AndSaysNotToCall()
    {
        using var person = await RequestAsync();
        var card = (await SentAsync(sent => sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal))).Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");

        await person.SayAsync("delete my data");

        Assert.Contains("do not call", (await SentAsync(sent => sent.Method == "PUT")).Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("do not call", (await ClickAsync(card, "Take", "Ben")).GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACardOfARequestThatWasDeletedSince_SaysSo()
    {
        using var person = await RequestAsync();
        var card = (await SentAsync(sent => sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal))).Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");
        await _server.Services.GetRequiredService<IEscalationStore>().ForgetAsync(TimeSpan.Zero, TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Contains("not there any more", (await ClickAsync(card, "Take", "Ben")).GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("19:other@thread.tacv2;messageid=1", "tenant-1")]
    [InlineData("19:staff@thread.tacv2x", "tenant-1")]
    [InlineData(Thread, "tenant-2")]
    [InlineData("a:personal", "tenant-1")]
    public async Task AClickFromAnywhereElse_ChangesNothing(string conversation, string tenant)
    {
        using var person = await RequestAsync();
        var card = (await SentAsync(sent => sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal))).Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");

        var answer = await ClickAsync(card, "Take", "Mallory", conversation, tenant);

        Assert.Contains("only in the staff's own channel", answer.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (await ClickAsync(card, "Take", "Ben")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task InAGroup_NobodyIsAskedForANumber()
    {
        using var answer = await _teams.SayAsync(_server, "<at>FAQ</at> can someone call me?", "channel");

        var said = _teams.Sent.Last(sent => sent.IsMessage).Readable;
        Assert.Contains("write to me in a personal chat", said, StringComparison.Ordinal);
        Assert.DoesNotContain("phone number", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InAChatOfTheirOwn_APersonInTeamsCanAsk_AndHearsOfIt()
    {
        foreach (var text in new[] { "call me tomorrow at (212) 555-0123", "yes", "yes", "skip" })
        {
            using var answer = await _teams.SayAsync(_server, text);
        }

        Assert.Contains("Your request is noted", _teams.Sent.Last(sent => sent.IsMessage).Readable, StringComparison.Ordinal);
        var card = (await SentAsync(sent => sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal))).Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");
        await ClickAsync(card, "Take", "Ben");
        var news = await SentAsync(sent => sent.IsMessage && sent.Readable.Contains("has taken your request", StringComparison.Ordinal));
        Assert.Contains("a:personal", Uri.UnescapeDataString(news.Path), StringComparison.Ordinal);
        Assert.Contains("**[988](tel:988)**", news.Readable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewsThatTeamsRefuses_IsToldLater_AndNoApologyIsSentInItsPlace()
    {
        foreach (var text in new[] { "call me tomorrow at (212) 555-0123", "yes", "yes", "skip" })
        {
            using var answer = await _teams.SayAsync(_server, text);
        }

        var card = (await SentAsync(sent => sent.Path.EndsWith("/v3/conversations", StringComparison.Ordinal))).Body.GetProperty("activity").GetProperty("attachments")[0].GetProperty("content");
        var refused = 0;
        var usual = _teams.Answer;
        _teams.Answer = context => Uri.UnescapeDataString(context.Request.Path.Value!).Contains("a:personal", StringComparison.Ordinal) && Interlocked.Increment(ref refused) == 1 ? Results.StatusCode(403) : usual(context);
        await ClickAsync(card, "Take", "Ben");

        await WaitUntilAsync(() => _teams.Sent.Count(sent => sent.Readable.Contains("has taken your request", StringComparison.Ordinal)) == 2);
        Assert.DoesNotContain(_teams.Sent, sent => sent.Readable.Contains("something went wrong", StringComparison.Ordinal));
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var until = DateTime.UtcNow.AddSeconds(15); DateTime.UtcNow < until && !condition();)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }

    private async Task<DirectLineClient> RequestAsync()
    {
        var person = await DirectLineClient.StartAsync(_server.Address, "en-US");
        await person.NextReplyAsync();
        await person.SayAsync("call me tomorrow at (212) 555-0123");
        await person.SayAsync("yes");
        await person.SayAsync("yes");
        await person.SayAsync("Ana");
        return person;
    }

    private async Task<JsonElement> ClickAsync(JsonElement card, string title, string name, string conversation = Thread, string tenant = "tenant-1")
    {
        var action = card.GetProperty("actions").EnumerateArray().Single(candidate => candidate.GetProperty("title").GetString() == title);
        using var answer = await FakeChannel.DeliverAsync(_server, _teams.Activity("invoke", "channel", activity =>
        {
            activity["name"] = "adaptiveCard/action";
            activity["from"] = new { id = "29:" + name, name };
            activity["conversation"] = new { id = conversation, conversationType = "channel", tenantId = tenant, isGroup = true };
            activity["value"] = new { action = new { type = "Action.Execute", verb = action.GetProperty("verb").GetString(), data = action.GetProperty("data") } };
        }));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<Sent> SentAsync(Func<Sent, bool> condition)
    {
        for (var until = DateTime.UtcNow.AddSeconds(10); DateTime.UtcNow < until;)
        {
            if (_teams.Sent.FirstOrDefault(condition) is { } found)
            {
                return found;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Teams was not called so. There were: {string.Join(", ", _teams.Sent.Select(sent => $"{sent.Method} {sent.Path}"))}");
    }

    private static IEnumerable<string?> Titles(JsonElement card) => card.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString());
}
