using Microsoft.Playwright;

namespace Bot.Server.Tests.Escalations;

/// <summary>A visitor on a phone asks to be called, in a real browser, on a clock of their own.</summary>
public sealed class WidgetCallbackTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task AButtonUnderHelp_LeadsToACall_AndTheNewsComesIntoTheOpenChat()
    {
        await using var staff = await FakeReceiver.StartAsync();
        await using var server = new BotServer(staff.Settings());
        var page = await (await browser.OpenAsync(WidgetDriver.PhoneWidth, WidgetDriver.PhoneHeight)).OpenChatAsync(server.Address);

        await page.Button("Ask for a call").ClickAsync();
        await page.ExpectSaidAsync("can call you back");
        await page.CheckAccessibilityAsync("consent");
        await ShootAsync(page, "callback-consent");
        await page.Button("Yes, call me back").ClickAsync();
        await page.ExpectSaidAsync("Which number should they call?");
        await page.AskAsync("212 555 0123");
        await page.ExpectSaidAsync("(212) 555-0123");
        await page.Button("Yes, that is right").ClickAsync();
        await page.ExpectSaidAsync("When should they call?");
        await ShootAsync(page, "callback-when");
        await page.Button("Tomorrow").ClickAsync();
        await page.ExpectSaidAsync("first name");
        await page.Button("Skip").ClickAsync();
        await page.ExpectSaidAsync("Your request is noted");
        await page.CheckAccessibilityAsync("noted");
        await ShootAsync(page, "callback-noted");

        var told = await staff.NextAsync("escalation.requested");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await page.EvaluateAsync<string>("Intl.DateTimeFormat().resolvedOptions().timeZone"));
        Assert.Equal(8, TimeZoneInfo.ConvertTime(told.Data.GetProperty("from").GetDateTimeOffset(), zone).Hour);
        await FakeReceiver.SayAsync(server.Address, told.Escalation, new { state = "taken", by = "Ben" });
        await page.ExpectSaidAsync("has taken your request");
        await page.Button("Cancel the call").ClickAsync();
        await page.ExpectSaidAsync("The call is cancelled");
        await ShootAsync(page, "callback-cancelled");
    }

    [Fact]
    public async Task WhereNobodyCallsBack_ThereIsNoButton()
    {
        await using var server = new BotServer(new() { ["environment"] = "Production" });
        var page = await (await browser.OpenAsync(WidgetDriver.PhoneWidth, WidgetDriver.PhoneHeight)).OpenChatAsync(server.Address);

        await Assertions.Expect(page.Button("Ask for a call")).ToHaveCountAsync(0);
    }

    private static Task ShootAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") }) : Task.CompletedTask;
}
