using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bot.Server.Tests.Escalations;

/// <summary>Staff who cannot be told, do not take it, or are told twice; and the settings that a bot must not start with.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task AWebhookThatFailsAtFirst_IsTriedAgain_UnderTheSameId()
    {
        await using var staff = await FakeReceiver.StartAsync();
        await using var server = new BotServer(staff.Settings());
        await TestedAsync(server);
        var tries = 0;
        staff.Answer = () => Task.FromResult(++tries <= 2 ? 500 : 200);

        using var person = await RequestAsync(server);

        var told = await staff.NextAsync("escalation.requested");
        Assert.Equal(3, tries);
        Assert.Single(staff.Received, one => one.Type == "escalation.requested");
        Assert.NotEmpty(told.Id);
    }

    [Fact]
    public async Task ATargetThatIsDown_RaisesTheAlert_TheNextTargetIsTold_AndThePersonLearnsOfNothingWrong()
    {
        await using var down = await FakeReceiver.StartAsync();
        await using var up = await FakeReceiver.StartAsync();
        down.Answer = () => Task.FromResult(503);
        var settings = down.Settings(0, "down");
        foreach (var (key, value) in up.Settings(1, "up"))
        {
            settings[key] = value;
        }

        settings["Escalations:AlertAfterAttempts"] = "2";
        await using var server = new BotServer(settings);

        using var person = await RequestAsync(server);

        await up.NextAsync("escalation.requested");
        Assert.Contains("cannot be delivered to 'down'", server.Logged, StringComparison.Ordinal);
        var health = await HealthAsync(server);
        Assert.Contains("Degraded", health, StringComparison.Ordinal);
        Assert.Contains("'down' does not work", health, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0123", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithNobodyLeftToTell_ThePersonIsTold_WithTheNumbers_AndItIsTriedOn()
    {
        await using var staff = await FakeReceiver.StartAsync();
        staff.Answer = () => Task.FromResult(500);
        var settings = staff.Settings();
        settings["Escalations:AlertAfterAttempts"] = "1";
        await using var server = new BotServer(settings);

        using var person = await RequestAsync(server);

        var news = (await person.NextReplyAsync()).GetProperty("text").GetString();
        Assert.Contains("do not wait for a call", news, StringComparison.Ordinal);
        Assert.Contains("911", news, StringComparison.Ordinal);
        Assert.Contains("988", news, StringComparison.Ordinal);
        staff.Answer = () => Task.FromResult(200);
        await staff.NextAsync("escalation.requested");
    }

    [Fact]
    public async Task ATargetThatIsWrong_IsFoundOutAtTheStart_BeforeAnybodyAsks()
    {
        await using var staff = await FakeReceiver.StartAsync();
        var settings = staff.Settings();
        settings["Escalations:Targets:0:Secret"] = "whsec_" + Convert.ToBase64String(new byte[32]);
        await using var server = new BotServer(settings);

        var health = string.Empty;
        for (var i = 0; i < 100 && !health.Contains("Degraded", StringComparison.Ordinal); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            health = await HealthAsync(server);
        }

        Assert.Contains("'hook' does not work", health, StringComparison.Ordinal);
        Assert.Contains("The escalation target 'hook' does not work: HttpRequestException: The webhook answered 401", server.Logged, StringComparison.Ordinal);
        Assert.True(staff.Forged > 0);
    }

    [Theory]
    [InlineData("Escalations:Targets:0:Url", "http://example.org/hook", "Escalations:Targets:0:Url is no https address")]
    [InlineData("Escalations:Targets:0:Secret", "short", "Escalations:Targets:0:Secret is not base64 of at least 24 bytes")]
    [InlineData("Escalations:Targets:0:Kind", "Log", "A log calls nobody back")]
    [InlineData("Escalations:Targets:0:Kind", "None", "Escalations:Targets:0:Kind is missing")]
    [InlineData("Escalations:Targets:0:Kind", "Fax", "Fax")]
    [InlineData("Escalations:Targets:0:Name", "", "Give every target a name of its own")]
    [InlineData("Escalations:Desk", "", "Escalations:Desk is empty")]
    [InlineData("Escalations:Hours:0", "Mon-Fri 9-5", "'Mon-Fri 9-5' is no opening time")]
    [InlineData("Escalations:TimeZone", "Mars/Olympus", "'Mars/Olympus', which this machine does not know")]
    [InlineData("Escalations:Countries:0", "XX", "'XX', which is no country")]
    [InlineData("Escalations:UnclaimedMinutes", "0", "UnclaimedMinutes")]
    public async Task ABadSetting_StopsTheStart_NamingItselfAndTheCure(string name, string value, string told)
    {
        await using var staff = await FakeReceiver.StartAsync();
        var settings = staff.Settings();
        settings[name] = value;

        var (exitCode, error) = await ServerProcess.RunAsync([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);

        Assert.Equal(1, exitCode);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeReceiver.Secret, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARestartBetweenRequestAndDelivery_LosesNothing()
    {
        var database = Path.Combine(Directory.CreateTempSubdirectory("bot-restart-").FullName, "bot.db");
        await using var staff = await FakeReceiver.StartAsync();
        var settings = staff.Settings();
        settings["Storage:ConnectionString"] = $"Data Source={database}";
        staff.Answer = () => Task.FromResult(500);
        await using (var before = new BotServer(settings))
        {
            using var person = await RequestAsync(before);
        }

        staff.Answer = () => Task.FromResult(200);
        await using var after = new BotServer(settings);

        Assert.Equal("+12125550123", (await staff.NextAsync("escalation.requested")).Data.GetProperty("number").GetString());
    }

    private static async Task TestedAsync(BotServer server)
    {
        for (var i = 0; i < 100 && (await HealthAsync(server)).Contains("Degraded", StringComparison.Ordinal); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> HealthAsync(BotServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("checks").GetProperty("escalations").GetString()!;
    }

    private static async Task<DirectLineClient> RequestAsync(BotServer server)
    {
        var person = await DirectLineClient.StartAsync(server.Address, "en-US");
        await person.NextReplyAsync();
        await person.SayAsync("call me tomorrow at (212) 555-0123");
        await person.SayAsync("yes");
        await person.SayAsync("yes");
        Assert.Contains("is noted", (await person.SayAsync("skip")).GetProperty("text").GetString(), StringComparison.Ordinal);
        return person;
    }
}
