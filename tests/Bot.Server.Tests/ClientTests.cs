using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Bot.Server.Tests;

/// <summary>Other people's clients against the bot, in real Chromium: the Microsoft 365 Agents Playground as Teams, and Web Chat over our Direct Line.</summary>
public sealed class ClientTests(Browser browser) : IClassFixture<Browser>
{
    private const float Patience = 30_000;

    private static readonly string Clients = RepositoryRoot.Combine("tests", "clients");

    [Fact]
    public async Task ThePlayground_AsTeams_ShowsCardsClicksThumbsAndHelp()
    {
        await using var server = new BotServer();
        var port = FreePort();
        using var playground = StartPlayground(server, port);
        try
        {
            var page = await browser.OpenAsync(1400, 1000);
            await WaitForAsync($"http://127.0.0.1:{port}/");
            await page.GotoAsync($"http://127.0.0.1:{port}/");
            var box = page.Locator("[role=textbox][contenteditable=true]").First;
            await box.WaitForAsync(new() { Timeout = Patience });
            await ExpectTextAsync(page, "Your organisation may keep and read messages here.");

            await SayAsync(page, box, "is heroin a stimulant");
            await ExpectTextAsync(page, "Heroin is a depressant rather than a stimulant");
            await page.GetByRole(AriaRole.Button, new() { Name = "Why is that?", Exact = true }).Last.ClickAsync();
            await ExpectTextAsync(page, "because it slows things down");
            await Browser.ShootAsync(page, "playground-answer");

            await SayAsync(page, box, "i want to kill myself");
            await ExpectTextAsync(page, "I hear thoughts of suicide in what you wrote");
            Assert.True(await page.Locator("a[href='tel:988']").CountAsync() > 0);
            await Browser.ShootAsync(page, "playground-help");
            await page.GetByRole(AriaRole.Button, new() { Name = "I am safe", Exact = true }).Last.ClickAsync();
            await ExpectTextAsync(page, "I am glad you are safe");
            await Browser.ShootAsync(page, "playground-executed");

            await page.GetByRole(AriaRole.Treeitem, new() { Name = "Group Chat" }).First.ClickAsync();
            await ExpectTextAsync(page, "For a private conversation, write to me in a personal chat.");
            await page.WaitForTimeoutAsync(2000);
            await MentionAsync(page, box, "is heroin addictive");
            await ExpectTextAsync(page, "triggers the brain");
            await MentionAsync(page, box, "i want to die");
            await Assertions.Expect(page.GetByText("createConversation").Last).ToBeVisibleAsync(new() { Timeout = Patience });
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await Browser.ShootAsync(page, "playground-group");
            var everythingButTheLog = (await page.Locator("body").InnerTextAsync()).Split("Log Panel")[0];
            Assert.Contains("i want to die", everythingButTheLog, StringComparison.Ordinal);
            Assert.DoesNotContain("I hear thoughts of suicide", everythingButTheLog, StringComparison.Ordinal);
        }
        finally
        {
            playground.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&polling")]
    public async Task WebChat_OverOurDirectLine_AsksClicksAndRecovers(string mode)
    {
        await using var site = await StartSiteAsync();
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = site.Urls.First() });
        var page = await browser.OpenAsync(900, 900);
        await page.GotoAsync($"{site.Urls.First()}/?bot={server.Address.GetLeftPart(UriPartial.Authority)}{mode}");
        var box = page.Locator("[data-id='webchat-sendbox-input'], .webchat__send-box-text-box__input").First;
        await box.WaitForAsync(new() { Timeout = Patience });
        await ExpectTextAsync(page, "nobody is watching this chat");

        await SayAsync(page, box, "is heroin a stimulant");
        await ExpectTextAsync(page, "rather than a stimulant");
        await page.GetByRole(AriaRole.Button, new() { Name = "Why is that?", Exact = true }).Last.ClickAsync();
        await ExpectTextAsync(page, "because it slows things down");
        if (mode.Length == 0)
        {
            // The line is cut, and a message is sent before it is back: nothing is lost, nothing comes twice.
            await page.EvaluateAsync("cut()");
        }

        await SayAsync(page, box, "my friend took heroin and won't wake up");
        await ExpectTextAsync(page, "Call 911 now");
        Assert.Equal(1, await page.Locator(".webchat__bubble").Filter(new() { HasText = "Nobody is reading this now" }).CountAsync());
        await Browser.ShootAsync(page, mode.Length == 0 ? "webchat-socket" : "webchat-polling");
    }

    [Fact]
    public async Task WebChat_ByTheReadmesOwnLines_Answers()
    {
        var recipe = string.Empty;
        await using var site = await StartSiteAsync(() => recipe);
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = site.Urls.First() });
        var readme = await File.ReadAllTextAsync(RepositoryRoot.Combine("README.md"), TestContext.Current.CancellationToken);
        var start = readme.IndexOf("<div id=\"chat\"></div>", StringComparison.Ordinal);
        recipe = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)].Replace("https://YOUR-BOT", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var page = await browser.OpenAsync(900, 900);
        await page.GotoAsync(site.Urls.First() + "/readme");

        await ExpectTextAsync(page, "nobody is watching this chat");
        await SayAsync(page, page.Locator("[data-id='webchat-sendbox-input'], .webchat__send-box-text-box__input").First, "is heroin a stimulant");
        await ExpectTextAsync(page, "rather than a stimulant");
    }

    private static async Task SayAsync(IPage page, ILocator box, string text)
    {
        await box.ClickAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task MentionAsync(IPage page, ILocator box, string text)
    {
        await box.ClickAsync();
        await page.Keyboard.TypeAsync("@T");

        // The list of people opens in its own time.
        await page.WaitForTimeoutAsync(1500);
        await Browser.ShootAsync(page, "playground-mention");
        await page.GetByText("Test Bot", new() { Exact = true }).Last.ClickAsync(new() { Timeout = Patience });
        await page.Keyboard.TypeAsync(" " + text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static Task ExpectTextAsync(IPage page, string text) =>
        Assertions.Expect(page.Locator("body")).ToContainTextAsync(text, new() { Timeout = Patience });

    private static Process StartPlayground(BotServer server, int port)
    {
        Assert.True(Directory.Exists(Path.Combine(Clients, "node_modules")), "tests/clients has no node_modules. './test' installs them; by hand: npm ci --prefix tests/clients");
        var scratch = Directory.CreateTempSubdirectory("bot-playground-").FullName;
        var start = new ProcessStartInfo("node", [Path.Combine(Clients, "node_modules", "@microsoft", "m365agentsplayground", "cli.js"), "start", "-e", new Uri(server.Address, "/api/messages").AbsoluteUri, "-c", "msteams", "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--disable-telemetry"])
        {
            WorkingDirectory = scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TEAMSAPPTESTER_BROWSER"] = "none";
        start.Environment["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "1";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task WaitForAsync(string url)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 150; i++)
        {
            try
            {
                using var response = await client.GetAsync(url, TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }

        Assert.Fail($"{url} did not answer in 30 seconds.");
    }

    /// <summary>Another site, with Web Chat on its page.</summary>
    private static async Task<WebApplication> StartSiteAsync(Func<string>? recipe = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => Results.File(Path.Combine(Clients, "webchat.html"), "text/html"));
        app.MapGet("/readme", () => Results.Content("<!doctype html><meta charset=utf-8><title>Site</title><style>#chat { height: 600px }</style>" + recipe?.Invoke(), "text/html"));
        app.MapGet("/webchat.js", () => Results.File(Path.Combine(Clients, "node_modules", "botframework-webchat", "dist", "webchat.js"), "text/javascript"));
        await app.StartAsync();
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
