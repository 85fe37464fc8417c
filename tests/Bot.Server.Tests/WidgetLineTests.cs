using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using static Bot.Server.Tests.WidgetDriver;

namespace Bot.Server.Tests;

/// <summary>The widget when the server, the network or the browser fails a person: the numbers stand, nothing is lost, nothing comes twice.</summary>
public sealed class WidgetLineTests(BotServer server, Browser browser) : IClassFixture<BotServer>, IClassFixture<Browser>
{
    private const string Question = "is heroin addictive";
    private const string Answer = "pleasure center";

    [Fact]
    public async Task AChatThatCannotBeLoaded_LeavesTheNumbers_AndComesWhenItCan()
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.RouteAsync("**/panel.js*", route => route.AbortAsync());
        await page.GotoAsync(server.Address.ToString());

        await page.Button("Ask about heroin").ClickAsync();

        var help = page.GetByRole(AriaRole.Region, new() { Name = "Get help now" });
        await Assertions.Expect(help.GetByRole(AriaRole.Link, new() { Name = "Call 9 1 1" })).ToBeVisibleAsync();
        await Assertions.Expect(help.GetByText("Text 988")).ToBeVisibleAsync();
        await Assertions.Expect(help).ToContainTextAsync("1st Step's own treatment line, not an emergency service; hours not confirmed");
        await Assertions.Expect(help.GetByRole(AriaRole.Status)).ToHaveTextAsync("No connection. Trying again.");
        await page.CheckAccessibilityAsync("no chat");
        await Browser.ShootAsync(page, "no-chat-phone");
        await page.UnrouteAsync("**/panel.js*");
        await page.ExpectSaidAsync("not a person", 20_000);
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task AServerThatDoesNotAnswer_LeavesTheNumbersUnfolded()
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.RouteAsync("**/v3/directline/**", route => route.AbortAsync());
        await page.GotoAsync(server.Address.ToString());

        await page.Button("Get help now").ClickAsync();

        var help = page.GetByRole(AriaRole.Region, new() { Name = "Get help now" });
        await Assertions.Expect(help.GetByText("Call 911").First).ToBeVisibleAsync();
        await Assertions.Expect(help).ToContainTextAsync("trained crisis counselors, free of charge; veterans press 1; 24 hours, every day");
        await Assertions.Expect(help).ToContainTextAsync("1st Step's own treatment line, not an emergency service (the treatment center named in the article; hours not confirmed)");
        await Assertions.Expect(page.GetByText("No connection. The numbers above work without it.")).ToBeVisibleAsync();
        await page.CheckAccessibilityAsync("offline");
        await Browser.ShootAsync(page, "no-server-phone");
    }

    [Fact]
    public async Task WithoutJavaScript_ThePageHasTheNumbersAndAllAnswers()
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight, hasJavaScript: false);
        await page.GotoAsync(server.Address.ToString());

        await Assertions.Expect(page.Locator("#faq-bot-fallback").GetByRole(AriaRole.Link, new() { Name = "988" }).First).ToHaveAttributeAsync("href", "tel:988");
        await page.GetByRole(AriaRole.Link, new() { Name = "All questions and answers" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Is heroin a stimulant or a depressant?" })).ToBeVisibleAsync();
        await page.GetByLabel("Your question").FillAsync("does smack slow your breathing");
        await page.Button("Search").ClickAsync();
        await Assertions.Expect(page.Locator("section:not(.crisis)").First).ToContainTextAsync("breathing");
        await Browser.ShootAsync(page, "questions-found-phone");
        await page.GetByLabel("Your question").FillAsync("i want to die");
        await page.Button("Search").ClickAsync();

        var crisis = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(crisis.GetByRole(AriaRole.Link, new() { Name = "9 8 8" })).ToHaveAttributeAsync("href", "tel:988");
        Assert.DoesNotContain("die", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("want to die", server.Logged, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Get help now" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Call 1-800-222-1222" })).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "help-phone");
    }

    [Fact]
    public async Task ASocketThatBreaks_IsReplacedAndNothingIsLost()
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        var sockets = 0;
        await page.RouteWebSocketAsync("**/stream**", socket =>
        {
            var number = Interlocked.Increment(ref sockets);
            var upstream = socket.ConnectToServer();
            upstream.OnMessage(frame =>
            {
                socket.Send(frame.Text ?? string.Empty);
                if (number == 1)
                {
                    _ = socket.CloseAsync();
                }
            });
        });
        await page.OpenChatAsync(server.Address);

        await page.AskAsync(Question);

        await page.ExpectSaidAsync(Answer);
        Assert.True(sockets >= 2);
        Assert.Equal(1, await page.GetByText("not a person").CountAsync());
    }

    [Fact]
    public async Task ALineThatDiesInSilence_AsWhenALaptopSleeps_IsReplaced()
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        await page.Clock.InstallAsync();
        var sockets = 0;
        await page.RouteWebSocketAsync("**/stream**", socket =>
        {
            var isFirst = Interlocked.Increment(ref sockets) == 1;
            var upstream = socket.ConnectToServer();
            var isSilent = false;
            upstream.OnMessage(frame =>
            {
                // The first line brings the greeting and then nothing, without being closed. An empty frame may come before the greeting.
                if (!isSilent)
                {
                    socket.Send(frame.Text ?? string.Empty);
                    isSilent = isFirst && frame.Text?.Contains("not a person", StringComparison.Ordinal) == true;
                }
            });
        });
        await page.OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await Assertions.Expect(page.Locator(".mine")).ToHaveCountAsync(1);

        await page.Clock.FastForwardAsync("01:00:00");

        await page.ExpectSaidAsync(Answer);
        Assert.Equal(1, await page.Locator(".message:not(.mine)").Filter(new() { HasText = Answer }).CountAsync());
    }

    [Fact]
    public async Task WhatIsWrittenOffline_GoesOutOnceAndInOrderWhenTheLineIsBack()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.Context.SetOfflineAsync(true);

        await page.AskAsync("what is heroin");
        await page.AskAsync(Question);
        await Assertions.Expect(page.GetByText("Not sent yet. It goes out by itself.").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("No connection. The numbers above work without it.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Get help now" })).ToContainTextAsync("Call (866) 971-5531");
        await page.CheckAccessibilityAsync("offline, with messages that wait");
        await Browser.ShootAsync(page, "offline-phone");
        await page.Context.SetOfflineAsync(false);

        await page.ExpectSaidAsync("Heroin is a type of opioid", 20_000);
        await page.ExpectSaidAsync(Answer, 20_000);
        await Assertions.Expect(page.GetByText("Not sent yet.")).ToHaveCountAsync(0);
        var said = await page.Locator(".message").AllInnerTextsAsync();
        Assert.Equal(2, await page.Locator(".mine").CountAsync());
        Assert.True(said.ToList().FindIndex(text => text.Contains("type of opioid", StringComparison.Ordinal)) < said.ToList().FindIndex(text => text.Contains(Answer, StringComparison.Ordinal)));
        Assert.Single(said, text => text.Contains(Answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task APostWhoseAnswerIsLost_IsAnsweredOnce()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        var posts = 0;
        await page.RouteAsync("**/activities", async route =>
        {
            var response = await route.FetchAsync();
            if (Interlocked.Increment(ref posts) == 1)
            {
                await route.AbortAsync();
            }
            else
            {
                await route.FulfillAsync(new() { Response = response });
            }
        });

        await page.AskAsync(Question);

        await page.ExpectSaidAsync(Answer);
        await Assertions.Expect(page.GetByText("Not sent yet.")).ToHaveCountAsync(0);
        Assert.Equal(1, await page.Locator(".message:not(.mine)").Filter(new() { HasText = Answer }).CountAsync());
    }

    [Fact]
    public async Task AServerThatIsKilledAndStartedAgain_GetsWhatWasWrittenMeanwhile()
    {
        var port = FreePort();
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        using (var first = await ServerProcess.StartAsync(port))
        {
            await page.OpenChatAsync(first.Address);
            first.Kill();
        }

        await page.AskAsync("my friend took heroin and won't wake up");
        await Assertions.Expect(page.GetByText("No connection. The numbers above work without it.")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Call 9 1 1" }).First).ToBeVisibleAsync();
        using var second = await ServerProcess.StartAsync(port);

        await page.ExpectSaidAsync("Call 911 now", 30_000);
        await page.ExpectSaidAsync("The earlier chat was forgotten. A new one begins.");
        Assert.Equal(1, await page.Locator(".crisis").CountAsync());
        second.Kill();
    }

    [Fact]
    public async Task ATokenThatHasRunOut_CostsNoMessage()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        await using var own = new BotServer(services: services => services.AddSingleton<TimeProvider>(clock));
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(own.Address);
        clock.Advance(TimeSpan.FromMinutes(31));

        await page.AskAsync(Question);

        await page.ExpectSaidAsync(Answer);
        await page.ExpectSaidAsync("The earlier chat was forgotten. A new one begins.");
        Assert.Equal(1, await page.Locator(".message:not(.mine)").Filter(new() { HasText = Answer }).CountAsync());
    }

    [Fact]
    public async Task ASlowAnswer_IsAnnouncedAndAFastOneIsNot()
    {
        var page = await (await browser.OpenAsync(DesktopWidth, DesktopHeight)).OpenChatAsync(server.Address);
        await page.AskAsync("what is heroin");
        await page.ExpectSaidAsync("Heroin is a type of opioid");
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync(string.Empty);
        var letGo = new TaskCompletionSource();
        await page.RouteAsync("**/activities", async route =>
        {
            await letGo.Task;
            await route.ContinueAsync();
        });

        await page.AskAsync(Question);

        await Assertions.Expect(page.GetByText("Looking for the answer…")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Call (866) 971-5531" })).ToBeVisibleAsync(new() { Timeout = 10_000 });
        letGo.SetResult();
        await page.ExpectSaidAsync(Answer);
        await Assertions.Expect(page.GetByText("Looking for the answer…")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task StorageThatIsBlocked_ChangesNothingButKeeping()
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        await page.AddInitScriptAsync("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });");
        await page.OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);

        await page.Button("More").ClickAsync();
        await page.Button("Keep this chat when I reload").ClickAsync();

        await Assertions.Expect(page.GetByText("This browser does not allow it.")).ToBeVisibleAsync();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
