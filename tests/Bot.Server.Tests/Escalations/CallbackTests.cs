using System.Net;
using System.Text.Json;
using Bot.Core.Escalations;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests.Escalations;

/// <summary>Asking to be called, as the person in the widget sees it, with a real webhook's receiver as the staff.</summary>
public sealed class CallbackTests : IAsyncLifetime
{
    private FakeReceiver _staff = null!;
    private BotServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _staff = await FakeReceiver.StartAsync();
        _server = new BotServer(_staff.Settings());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _staff.DisposeAsync();
    }

    [Fact]
    public async Task StepByStep_ConsentNumberTimeName_ThenStaffKnow_AndThePersonHearsWhoTookIt()
    {
        using var person = await StartAsync();
        var reply = await person.SayAsync("can someone call me?");
        Assert.Contains("**A counselor of the test centre** can call you back", Text(reply), StringComparison.Ordinal);
        Assert.Contains("hours are not confirmed", Text(reply), StringComparison.Ordinal);
        Assert.Contains("988", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "Yes, call me back");
        reply = await person.SayAsync("212.555.0123 please");
        Assert.Contains("**(212) 555-0123**", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "Yes, that is right");
        reply = await person.PressAsync(reply, "Tomorrow");
        Assert.DoesNotContain(_staff.Received, one => one.Type != "escalation.test");
        reply = await person.SayAsync("Ana");

        Assert.Contains("Your request is noted", Text(reply), StringComparison.Ordinal);
        Assert.Contains("(212) 555-0123", Text(reply), StringComparison.Ordinal);
        Assert.Contains("911", Text(reply), StringComparison.Ordinal);
        Assert.Contains("(866) 971-5531 is 1st Step's own", Text(reply), StringComparison.Ordinal);
        var told = await _staff.NextAsync("escalation.requested");
        Assert.Equal(("+12125550123", "Ana", "open"), (told.Data.GetProperty("number").GetString(), told.Data.GetProperty("firstName").GetString(), told.Data.GetProperty("state").GetString()));
        Assert.DoesNotContain("2125550123", _server.Logged, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", _server.Logged, StringComparison.Ordinal);

        var (status, body) = await FakeReceiver.SayAsync(_server.Address, told.Escalation, new { state = "taken", by = "Ben" });
        Assert.Equal((200, true), (status, body.GetProperty("changed").GetBoolean()));
        var news = Text(await person.NextReplyAsync());
        Assert.Contains("has taken your request and means to call **(212) 555-0123**", news, StringComparison.Ordinal);
        Assert.Contains("988", news, StringComparison.Ordinal);
        Assert.Equal("taken", (await _staff.NextAsync("escalation.changed")).Data.GetProperty("state").GetString());

        await FakeReceiver.SayAsync(_server.Address, told.Escalation, new { state = "not-reached", by = "Ben" });
        Assert.Contains("did not reach you", Text(await person.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllInOneSentence_NeedsConsentAndConfirmationAlone()
    {
        using var person = await StartAsync();
        var reply = await person.SayAsync("please call me tomorrow after 5 at +1 (212) 555-0123");
        reply = await person.PressAsync(reply, "Yes, call me back");
        reply = await person.PressAsync(reply, "Yes, that is right");
        reply = await person.PressAsync(reply, "Skip");

        Assert.Contains("Your request is noted", Text(reply), StringComparison.Ordinal);
        var told = await _staff.NextAsync("escalation.requested");
        Assert.Equal(JsonValueKind.Null, told.Data.GetProperty("firstName").ValueKind);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Assert.Equal(17, TimeZoneInfo.ConvertTime(told.Data.GetProperty("from").GetDateTimeOffset(), zone).Hour);
    }

    [Fact]
    public async Task TheTime_IsOnThePersonsClock_WhereTheirDeviceTellsIt()
    {
        using var person = await StartAsync();
        await person.SayAsync(new { type = "message", text = "call me tomorrow evening at 212 555 0123", localTimezone = "America/Los_Angeles" });
        await person.SayAsync("yes");
        await person.SayAsync("yes");
        Assert.Contains("17:00–21:00 (Los Angeles)", Text(await person.SayAsync("no")), StringComparison.Ordinal);

        var from = (await _staff.NextAsync("escalation.requested")).Data.GetProperty("from").GetDateTimeOffset();
        Assert.Equal(17, TimeZoneInfo.ConvertTime(from, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).Hour);
    }

    [Fact]
    public async Task ACrisis_NeverWaitsForTheForm_AndTellsNobody()
    {
        using var person = await StartAsync();
        await person.SayAsync("can someone call me?");
        await person.SayAsync("yes");

        var reply = await person.SayAsync("my son is not breathing, call me at (212) 555-0123");
        Assert.Equal("handoff", Outcome(reply));
        Assert.Contains("911", Text(reply), StringComparison.Ordinal);

        // What comes next is no step of a form.
        Assert.Equal("safety-check", Outcome(await person.SayAsync("(212) 555-0123")));
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        Assert.Empty(await UnfinishedAsync());
        Assert.DoesNotContain(_staff.Received, one => one.Type == "escalation.requested");
    }

    [Fact]
    public async Task DangerInTwoMessages_OneOfThemWithTheNumber_IsStillSeen()
    {
        using var person = await StartAsync();
        await person.SayAsync("can someone call me?");
        await person.SayAsync("yes");
        Assert.Equal("callback", Outcome(await person.SayAsync("i have pills for my back, my number is (212) 555-0123")));

        Assert.Equal("handoff", Outcome(await person.SayAsync("i gave my things away")));
    }

    [Fact]
    public async Task DangerBetweenTheLines_GetsItsNumbers_AndTheFormGoesOn()
    {
        using var person = await StartAsync();
        var reply = await person.SayAsync("i feel so alone with this, can someone call me?");

        Assert.Contains("can call you back", Text(reply), StringComparison.Ordinal);
        Assert.Contains("988", Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuestionInTheMiddle_IsAnswered_AndTheCallIsNotForgotten()
    {
        using var person = await StartAsync();
        await person.SayAsync("can someone call me?");
        await person.SayAsync("yes");

        var reply = await person.SayAsync("is heroin addictive");
        Assert.Contains("Heroin is addictive", Text(reply), StringComparison.Ordinal);
        Assert.Contains("It is not noted yet", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "Go on with the call");
        Assert.Contains("Which number should they call?", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "No, thank you");
        Assert.Contains("No request was stored", Text(reply), StringComparison.Ordinal);
        Assert.NotEqual("callback", Outcome(await person.SayAsync("(212) 555-0123")));
        Assert.Empty(await UnfinishedAsync());
    }

    [Theory]
    [InlineData("123", "could not read a phone number")]
    [InlineData("12 34 56", "could not read a phone number")]
    [InlineData("(212) 055-0123", "No phone has that number")]
    [InlineData("+1 900 234 5678", "service number")]
    [InlineData("1-800-662-4357", "service number")]
    [InlineData("+44 20 7946 0958", "only call numbers of: US (+1)")]
    [InlineData("+52 55 1234 5678", "only call numbers of: US (+1)")]
    [InlineData("9999999999999999999999", "could not read a phone number")]
    public async Task ANumberThatCannotBeCalled_IsRefusedWithTheReason_AndAskedForAgain(string number, string reason)
    {
        using var person = await StartAsync();
        await person.SayAsync("call me back");
        await person.SayAsync("yes");

        var reply = await person.SayAsync(number);

        Assert.Contains(reason, Text(reply), StringComparison.Ordinal);
        Assert.Contains("Which number should they call?", Text(reply), StringComparison.Ordinal);
        Assert.DoesNotContain(number, _server.Logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(212) 555-0123")]
    [InlineData("212-555-0123")]
    [InlineData("+1 212 555 0123")]
    [InlineData("1 212 555 0123")]
    [InlineData("my number is 2125550123, thanks")]
    [InlineData("２１２ ５５５ ０１２３")]
    public async Task ANumberInAnyForm_IsReadBack(string number)
    {
        using var person = await StartAsync();
        await person.SayAsync("call me back");
        await person.SayAsync("yes");

        Assert.Contains("**(212) 555-0123**", Text(await person.SayAsync(number)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("never mind")]
    [InlineData("cancel")]
    [InlineData("i changed my mind")]
    [InlineData("No, thank you")]
    public async Task GivingUp_AtAnyStep_StoresNothing(string words)
    {
        string[] way = ["can someone call me?", "yes", "(212) 555-0123", "yes"];
        for (var steps = 1; steps <= way.Length; steps++)
        {
            using var person = await StartAsync();
            foreach (var text in way.Take(steps))
            {
                await person.SayAsync(text);
            }

            Assert.Contains("No request was stored", Text(await person.SayAsync(words)), StringComparison.Ordinal);
        }

        Assert.Empty(await UnfinishedAsync());
    }

    [Fact]
    public async Task AWrongNumber_CanBeChanged_InWordsOrByButton()
    {
        using var person = await StartAsync();
        await person.SayAsync("call me back");
        await person.SayAsync("yes");
        await person.SayAsync("(212) 555-0123");
        Assert.Contains("Which number should they call?", Text(await person.SayAsync("no")), StringComparison.Ordinal);
        var reply = await person.SayAsync("(212) 555-0124");
        Assert.Contains("Which number should they call?", Text(await person.PressAsync(reply, "No, change it")), StringComparison.Ordinal);
        Assert.Contains("555-0125", Text(await person.SayAsync("(212) 555-0125")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereThereIsNoAnswer_ACallIsOffered_AndNoListSaysThatNobodyCalls()
    {
        using var person = await StartAsync();
        var reply = await person.PressAsync(await person.SayAsync("heroin good or bad"), "Ask for a call");
        Assert.Contains("can call you back", Text(reply), StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = _server.Address };
        var page = await http.GetStringAsync(new Uri("questions", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Nobody can call you back", page, StringComparison.Ordinal);
        Assert.Contains("Is this chat private?", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuestionBesideTheWish_IsAnsweredFirst()
    {
        using var person = await StartAsync();

        Assert.Contains("Heroin is addictive", Text(await person.SayAsync("is heroin addictive and can someone call me?")), StringComparison.Ordinal);
        Assert.Contains("can call you back", Text(await person.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskedTwice_ThereIsOneCall_AndItCanBeCancelled_AndStaffAreTold()
    {
        using var person = await StartAsync();
        await RequestAsync(person);
        await _staff.NextAsync("escalation.requested");

        var reply = await RequestAsync(person);
        Assert.Contains("already asked for a call", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "Cancel the call");
        Assert.Contains("The call is cancelled", Text(reply), StringComparison.Ordinal);

        Assert.Equal("cancelled", (await _staff.NextAsync("escalation.changed")).Data.GetProperty("state").GetString());
        Assert.Empty(await UnfinishedAsync());
        Assert.Contains("The call is cancelled", Text(await person.SayAsync("cancel the call")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameNumberFromManyChats_IsCalledThreeTimesADayAtMost()
    {
        for (var i = 0; i < 3; i++)
        {
            using var person = await StartAsync();
            Assert.Contains("is noted", Text(await RequestAsync(person)), StringComparison.Ordinal);
        }

        using var fourth = await StartAsync();
        var refused = Text(await RequestAsync(fourth));
        Assert.Contains("asked for too often today", refused, StringComparison.Ordinal);
        Assert.Contains("988", refused, StringComparison.Ordinal);
        Assert.Equal(3, (await UnfinishedAsync()).Count);
    }

    [Fact]
    public async Task WhatIsKnown_IsShown_AndDeletedAtOnce_AndStaffAreToldNotToCall()
    {
        using var person = await StartAsync();
        Assert.Contains("stored nothing about you but this chat", Text(await person.SayAsync("what do you know about me?")), StringComparison.Ordinal);
        await RequestAsync(person);
        await _staff.NextAsync("escalation.requested");

        var reply = await person.SayAsync("what do you know about me?");
        Assert.Contains("number: **(212) 555-0123**", Text(reply), StringComparison.Ordinal);
        Assert.Contains("first name: Ana", Text(reply), StringComparison.Ordinal);
        Assert.Contains("nobody has taken it yet", Text(reply), StringComparison.Ordinal);
        reply = await person.PressAsync(reply, "Delete it");

        Assert.Contains("Deleted: the number", Text(reply), StringComparison.Ordinal);
        var changed = (await _staff.NextAsync("escalation.changed")).Data;
        Assert.Equal(("cancelled", JsonValueKind.Null), (changed.GetProperty("state").GetString(), changed.GetProperty("number").ValueKind));
        Assert.Contains("stored nothing", Text(await person.SayAsync("what do you know about me?")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASpanishRequest_IsSpanishToTheEnd()
    {
        using var person = await StartAsync();
        await person.SayAsync("¿me pueden llamar?");
        await person.SayAsync("sí");
        await person.SayAsync("(212) 555-0123");
        await person.SayAsync("sí");
        await person.SayAsync("mañana por la tarde");
        var reply = await person.SayAsync("me llamo Ana");

        Assert.Contains("Su solicitud está anotada", Text(reply), StringComparison.Ordinal);
        var told = await _staff.NextAsync("escalation.requested");
        Assert.Equal(("es", "Ana"), (told.Data.GetProperty("language").GetString(), told.Data.GetProperty("firstName").GetString()));
        await FakeReceiver.SayAsync(_server.Address, told.Escalation, new { state = "taken", by = "Ben" });
        Assert.Contains("tomó su solicitud", Text(await person.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForgedAnswersOfAWebhook_ChangeNothing_AndLearnNothing()
    {
        using var person = await StartAsync();
        await RequestAsync(person);
        var id = (await _staff.NextAsync("escalation.requested")).Escalation;
        var taken = new { state = "taken", by = "Mallory" };

        var (wrong, error) = await FakeReceiver.SayAsync(_server.Address, id, taken, secret: "whsec_" + Convert.ToBase64String(new byte[32]));
        var (old, _) = await FakeReceiver.SayAsync(_server.Address, id, taken, age: TimeSpan.FromMinutes(6));
        var (unknown, same) = await FakeReceiver.SayAsync(_server.Address, Guid.NewGuid().ToString(), taken, secret: "whsec_" + Convert.ToBase64String(new byte[32]));
        Assert.Equal((401, 401, 401), (wrong, old, unknown));
        Assert.Equal(error.ToString(), same.ToString());
        Assert.Equal(EscalationState.Open, Assert.Single(await UnfinishedAsync()).State);

        Assert.Equal(400, (await FakeReceiver.SayAsync(_server.Address, id, new { state = "open", by = "Ben" })).Status);
        Assert.Equal(400, (await FakeReceiver.SayAsync(_server.Address, id, new { state = "taken" })).Status);
        Assert.Equal(404, (await FakeReceiver.SayAsync(_server.Address, Guid.NewGuid().ToString(), taken)).Status);
        Assert.Equal(404, (await FakeReceiver.SayAsync(_server.Address, "7", taken)).Status);
        Assert.Equal(413, (await FakeReceiver.SayAsync(_server.Address, id, new { state = "taken", by = new string('x', 5000) })).Status);
    }

    [Fact]
    public async Task OfTwoWhoTakeItAtOnce_OneWins_AndTheOtherIsTold()
    {
        using var person = await StartAsync();
        await RequestAsync(person);
        var id = (await _staff.NextAsync("escalation.requested")).Escalation;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => FakeReceiver.SayAsync(_server.Address, id, new { state = "taken", by = $"Staff {i}" })));

        var winner = Assert.Single(answers, answer => answer.Status == 200).Body.GetProperty("takenBy").GetString();
        Assert.Equal(7, answers.Count(answer => answer.Status == (int)HttpStatusCode.Conflict));
        Assert.All(answers, answer => Assert.Equal(winner, answer.Body.GetProperty("takenBy").GetString()));
    }

    [Fact]
    public async Task WithoutAnybodyToCall_NobodyIsOfferedACall()
    {
        await using var alone = new BotServer(new() { ["environment"] = "Production" });
        using var person = await DirectLineClient.StartAsync(alone.Address, "en-US");
        await person.NextReplyAsync();

        var reply = await person.SayAsync("can someone call me at (212) 555-0123 tomorrow?");

        Assert.Contains("Nobody can call you back from this chat", Text(reply), StringComparison.Ordinal);
        Assert.Contains("988", Text(reply), StringComparison.Ordinal);
    }

    private async Task<DirectLineClient> StartAsync()
    {
        var person = await DirectLineClient.StartAsync(_server.Address, "en-US");
        await person.NextReplyAsync();
        return person;
    }

    /// <summary>The whole way, to the reply that it is noted or why not.</summary>
    private static async Task<JsonElement> RequestAsync(DirectLineClient person)
    {
        await person.SayAsync("call me tomorrow at (212) 555-0123");
        await person.SayAsync("yes");
        await person.SayAsync("yes");
        return await person.SayAsync("Ana");
    }

    private Task<IReadOnlyList<Escalation>> UnfinishedAsync() => _server.Services.GetRequiredService<IEscalationStore>().FindUnfinishedAsync(TestContext.Current.CancellationToken);

    private static string Text(JsonElement reply) => reply.GetProperty("text").GetString()!;

    private static string Outcome(JsonElement reply) => reply.GetProperty("channelData").GetProperty("outcome").GetString()!;
}
