using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Bot.Server.Tests.WidgetDriver;

namespace Bot.Server.Tests;

/// <summary>The widget on somebody else's site: under a strict policy, beside hostile style, with hostile words, in frames.</summary>
public sealed class WidgetEmbeddingTests(Browser browser) : IClassFixture<Browser>
{
    private const string Hostile = "* { display: none !important; color: red !important; font-size: 3px !important } html, body, h1 { display: block !important } button { position: absolute; left: -9999px }";

    [Fact]
    public async Task UnderAStrictPolicyAndHostileStyle_TheChatWorks_AndTheSiteIsAsItWas()
    {
        await using var site = await Site.StartAsync();
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = site.Origin });
        site.Policy = $"default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; style-src 'nonce-r4nd0m'; connect-src {server.Address} {server.Address.AbsoluteUri.Replace("http", "ws", StringComparison.Ordinal)}; base-uri 'none'; require-trusted-types-for 'script'";
        site.Body = $"<style nonce=r4nd0m>{Hostile}</style><h1>Host</h1><script nonce=r4nd0m src='{server.Address}widget.js' data-position=left data-colours='--accent:#402a80;--on-accent:#fff' data-title='Ask us' data-launcher='Questions?' defer></script>";
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        var errors = new List<string>();
        page.Console += (_, message) => errors.AddRange(message.Type == "error" && !message.Text.Contains("favicon", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync(site.Origin);

        await page.Button("Questions?").ClickAsync();
        await page.ExpectSaidAsync("not a person");
        await page.AskAsync("is heroin addictive");

        await page.ExpectSaidAsync("pleasure center");
        var box = (await page.GetByRole(AriaRole.Dialog, new() { Name = "Ask us" }).BoundingBoxAsync())!;
        Assert.InRange(box.X, 0, 40);
        Assert.InRange(box.Width, 300, 500);
        Assert.Equal("3px", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).fontSize"));
        Assert.Equal("16px", await page.Locator(".message p").First.EvaluateAsync<string>("p => getComputedStyle(p).fontSize"));
        Assert.Equal("rgb(64, 42, 128)", await page.Button("Send").EvaluateAsync<string>("button => getComputedStyle(button).backgroundColor"));
        Assert.Empty(errors);
        await Browser.ShootAsync(page, "hostile-host");
    }

    [Fact]
    public async Task ThePage_CanOpenCloseAndChangeTheLanguage_AndHearsNothingOfWhatIsSaid()
    {
        await using var server = new BotServer();
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.GotoAsync(server.Address.ToString());
        await page.EvaluateAsync("window.told = []; for (const name of ['open', 'close', 'unread', 'message', 'activity']) FaqBot.on(name, value => told.push(name + (value ?? ''))); const end = FaqBot.on('open', () => told.push('never')); end(); FaqBot.setLocale('es'); FaqBot.open(); null");

        await page.ExpectSaidAsync("Soy un programa automático");
        await page.GetByLabel("Su pregunta").FillAsync("quiero morir");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".crisis")).ToContainTextAsync("988");
        await page.EvaluateAsync("FaqBot.close()");

        await Assertions.Expect(page.Button("Pregunte sobre la heroína")).ToBeFocusedAsync();
        Assert.Equal("open,close", await page.EvaluateAsync<string>("told.join()"));
    }

    [Fact]
    public async Task HostileWordsFromTheServer_StayWords()
    {
        await using var server = new BotServer();
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        await page.RouteWebSocketAsync("**/stream**", socket => socket.Send("""
            {"watermark":"1","activities":[{"type":"message","id":"1","from":{"role":"bot"},"text":"<img src=x onerror=hacked=1> **<script>hacked=1</script>** [x](javascript:hacked=1)\n- <b>b</b>",
            "channelData":{"outcome":"handoff","language":"en","numbers":{"<b>":"javascript:hacked=1"},"citation":{"url":"javascript:hacked=1"}},
            "attachments":[{"contentType":"application/vnd.microsoft.card.hero","content":{"title":"<img src=x onerror=hacked=1>","buttons":[{"type":"openUrl","title":"bad","value":"javascript:hacked=1"},{"type":"call","title":"Call 911","value":"tel:911"}]}}],
            "suggestedActions":{"actions":[{"type":"imBack","title":"<i>i</i>","value":"<u>u</u>"},{"type":"openUrl","title":"elsewhere","value":"https://evil.example"}]}}]}
            """));
        await page.GotoAsync(server.Address.ToString());
        await page.Button("Ask about heroin").ClickAsync();

        await page.ExpectSaidAsync("<img src=x onerror=hacked=1> <script>hacked=1</script> [x](javascript:hacked=1)");
        await page.Button("<i>i</i>").ClickAsync();
        await Assertions.Expect(page.Locator(".mine")).ToContainTextAsync("<u>u</u>");
        Assert.Equal(0, await page.Locator(".log img, .log script, .log b, .log i, .log u").CountAsync());
        Assert.Equal(["tel:911"], (await page.Locator(".log a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))")).Distinct());
        Assert.True(await page.EvaluateAsync<bool>("window.hacked === undefined"));
    }

    [Fact]
    public async Task TheChatPage_MayBeFramedByAllowedSitesAlone_AndHearsNoForeignMessages()
    {
        await using var friend = await Site.StartAsync();
        await using var stranger = await Site.StartAsync();
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = friend.Origin });
        friend.Body = stranger.Body = $"<h1>Host</h1><iframe src='{server.Address}chat' width=400 height=600></iframe>";
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);

        await page.GotoAsync(friend.Origin);
        var frame = page.FrameLocator("iframe");
        await Assertions.Expect(frame.GetByRole(AriaRole.Log)).ToContainTextAsync("not a person");
        await page.EvaluateAsync("for (const said of ['close', { type: 'message', text: 'hello' }, { activities: [] }]) frames[0].postMessage(said, '*')");
        await frame.GetByLabel("Your question").FillAsync("what is heroin");
        await frame.GetByLabel("Your question").PressAsync("Enter");
        await Assertions.Expect(frame.GetByRole(AriaRole.Log)).ToContainTextAsync("Heroin is a type of opioid");
        await Assertions.Expect(frame.Locator(".mine")).ToHaveCountAsync(1);

        await page.GotoAsync(stranger.Origin);
        await page.WaitForTimeoutAsync(1000);
        Assert.DoesNotContain(page.Frames, candidate => candidate.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATokenOfAnotherConversation_OpensNothing()
    {
        await using var server = new BotServer();
        using var mine = await DirectLineClient.StartAsync(server.Address, "en-US");
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.GotoAsync(server.Address.ToString());
        await page.EvaluateAsync("id => sessionStorage.setItem('faq-bot', JSON.stringify({ conversationId: id, token: 'stolen' }))", mine.ConversationId);
        await page.ReloadAsync();

        await page.ExpectSaidAsync("not a person");
        Assert.NotEqual(mine.ConversationId, await page.EvaluateAsync<string>("JSON.parse(sessionStorage.getItem('faq-bot')).conversationId"));
    }

    [Fact]
    public async Task TheLauncherWithIntegrity_Runs_AndAChangedOneDoesNotButThePageKeepsItsNumbers()
    {
        await using var site = await Site.StartAsync();
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = site.Origin, ["environment"] = "Production" });
        var tag = new StringWriter();
        Assert.Equal(0, CommandLine.Verbs.Run(["widget-tag", "--url", server.Address.ToString().TrimEnd('/'), "--contentRoot", RepositoryRoot.Path], tag, TextWriter.Null));
        var pinned = tag.ToString().Split('\n').Single(line => line.Contains("integrity", StringComparison.Ordinal));
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);

        site.Body = "<p id=faq-bot-fallback>Call <a href=tel:911>911</a></p>" + pinned;
        await page.GotoAsync(site.Origin);
        await page.Button("Ask about heroin").ClickAsync();
        await page.ExpectSaidAsync("not a person");
        await Assertions.Expect(page.Locator("#faq-bot-fallback")).ToHaveCountAsync(0);

        site.Body = site.Body.Replace("sha384-", "sha384-A", StringComparison.Ordinal);
        await page.GotoAsync(site.Origin);
        await Assertions.Expect(page.Locator("#faq-bot-fallback")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#faq-bot")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AnotherCountry_IsToldFirstWhatHoldsThere()
    {
        await using var site = await Site.StartAsync();
        await using var server = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = site.Origin });
        site.Body = $"<script src='{server.Address}widget.js' data-country=CA defer></script>";
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.GotoAsync(site.Origin);

        await page.Button("Get help now").ClickAsync();

        await Assertions.Expect(page.Locator(".help .lines li").First).ToContainTextAsync("Outside the US");
    }

    /// <summary>Somebody else's site.</summary>
    private sealed class Site(WebApplication app) : IAsyncDisposable
    {
        public string Origin => app.Urls.First();

        public string Policy { get; set; } = string.Empty;

        public string Body { get; set; } = string.Empty;

        public static async Task<Site> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var site = new Site(app);
            app.MapGet("/", (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = site.Policy;
                return Results.Content("<!doctype html><html lang=en><title>Host</title><body>" + site.Body, "text/html");
            });
            await app.StartAsync();
            return site;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
