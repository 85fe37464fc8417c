using Microsoft.Playwright;
using static Bot.Server.Tests.WidgetDriver;

namespace Bot.Server.Tests;

/// <summary>The widget on the article, as a person meets it, in real Chromium.</summary>
public sealed class WidgetTests(BotServer server, Browser browser) : IClassFixture<BotServer>, IClassFixture<Browser>
{
    [Fact]
    public async Task AQuestion_IsAnsweredFromTheArticleWithItsPassage()
    {
        var page = await OpenAsync(DesktopWidth, DesktopHeight);
        await Assertions.Expect(page.Log()).ToContainTextAsync("not a person");
        await Assertions.Expect(page.Log()).ToContainTextAsync("nobody is watching");

        await page.AskAsync("is heroin an upper or a downer");

        await Assertions.Expect(page.Log()).ToContainTextAsync("Heroin is a depressant rather than a stimulant");
        await Browser.ShootAsync(page, "answer-desktop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Why is that?" }).ClickAsync();
        await Assertions.Expect(page.Log()).ToContainTextAsync("because it slows things down");
        await page.GetByRole(AriaRole.Link, new() { Name = "Read it in the article" }).Last.ClickAsync();
        Assert.Contains("#", page.Url, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(":target").CountAsync());
    }

    [Theory]
    [InlineData("phone", PhoneWidth, PhoneHeight)]
    [InlineData("desktop", DesktopWidth, DesktopHeight)]
    public async Task AnEmergency_ShowsTheNumbersFirstAndKeepsHelpInSight(string device, int width, int height)
    {
        var page = await OpenAsync(width, height);

        await page.AskAsync("my friend took heroin and won't wake up");

        var crisis = page.Locator(".crisis");
        await Assertions.Expect(crisis.Locator("p").First).ToContainTextAsync("Call 911 now");
        Assert.Equal("tel:911", await crisis.Locator("a.button").First.GetAttributeAsync("href"));
        Assert.Equal("tel:911", await crisis.Locator("a").First.GetAttributeAsync("href"));
        await Assertions.Expect(crisis).ToContainTextAsync("naloxone");
        await Assertions.Expect(crisis.GetByRole(AriaRole.Link, new() { Name = "Call (866) 971-5531 (1st Step treatment center)" })).ToHaveAttributeAsync("href", "tel:+18669715531");
        await Assertions.Expect(crisis.Locator("a.button").First).ToBeInViewportAsync();
        await Browser.ShootAsync(page, $"handoff-{device}");

        await page.AskAsync("jk");
        await Assertions.Expect(page.Log()).ToContainTextAsync("Earlier you wrote something that worried me");
        await page.GetByRole(AriaRole.Button, new() { Name = "I was asking for information" }).ClickAsync();
        await Assertions.Expect(page.Log()).ToContainTextAsync("You can go on asking about the article");
        await Assertions.Expect(page.Locator(".panel.pinned .help").GetByRole(AriaRole.Link, new() { Name = "Call 9 1 1" })).ToBeVisibleAsync();
        await Browser.ShootAsync(page, $"after-safety-check-{device}");
    }

    [Fact]
    public async Task TheCrisisProtocol_IsLinkedFromTheNumbersAndServed()
    {
        var page = await OpenAsync(DesktopWidth, DesktopHeight);

        await page.GetByRole(AriaRole.Button, new() { Name = "Who answers?" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "What this chat does in a crisis" }).First.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this chat does in a crisis" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("It cannot call anyone");
        await Browser.ShootAsync(page, "crisis-protocol");
    }

    [Fact]
    public async Task ASpanishQuestion_GetsTheEnglishFactsUnderASpanishSentence()
    {
        var page = await OpenAsync(PhoneWidth, PhoneHeight);

        await page.AskAsync("¿qué efectos tiene la heroína en una persona?");

        var message = page.Locator(".message[lang=es]").Last;
        await Assertions.Expect(message.Locator("p").First).ToContainTextAsync("todavía no tiene traducción revisada");
        await Assertions.Expect(message.Locator("p").First).ToContainTextAsync("oprima 2");
        await Assertions.Expect(message.Locator("ul[lang=en]")).ToContainTextAsync("Slowed breathing");
        await Assertions.Expect(message.Locator("p:not([lang])", new() { HasTextString = "Fuente:" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "¿Por qué la heroína hace sentir bien?" })).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "spanish-phone");
    }

    [Fact]
    public async Task AnotherLanguage_IsMetWithTheNumbersInIt_AndACryInItIsHandedOff()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.AskAsync("هل الهيروين منشط");
        await page.ExpectSaidAsync("I can read only English and Spanish");

        var lead = page.Locator(".message p[lang=ar]").Last;
        await Assertions.Expect(lead).ToContainTextAsync("911");
        await Assertions.Expect(lead.Locator("a[href='tel:988']")).ToHaveCountAsync(1);
        Assert.Equal("rtl", await lead.EvaluateAsync<string>("e => getComputedStyle(e).direction"));
        Assert.Equal("ltr", await page.Locator(".message p", new() { HasTextString = "I can read only" }).EvaluateAsync<string>("e => getComputedStyle(e).direction"));
        Assert.Equal("rtl", await page.Locator(".mine p").Last.EvaluateAsync<string>("e => getComputedStyle(e).direction"));
        await Browser.ShootAsync(page, "another-language");

        await page.AskAsync("我想死");
        await page.ExpectSaidAsync("Are you safe right now?");
        await Assertions.Expect(page.Locator(".crisis p[lang=zh]")).ToContainTextAsync("988");
        await page.CheckAccessibilityAsync("another language");
        await Browser.ShootAsync(page, "another-language-cry");
    }

    [Theory]
    [InlineData("how much does rehab cost", "the number is on the back of your card", "1-800-662-4357", "route-phone")]
    [InlineData("is this private?", "deleted 60 minutes after the last message", null, "privacy-phone")]
    [InlineData("how much can i take", "Poison Help", "1-800-222-1222", "advice-phone")]
    public async Task WhatTheArticleDoesNotCover_IsRoutedOrExplained(string question, string expected, string? number, string shot)
    {
        var page = await OpenAsync(PhoneWidth, PhoneHeight);

        await page.AskAsync(question);

        await Assertions.Expect(page.Log()).ToContainTextAsync(expected);
        if (number is not null)
        {
            await Assertions.Expect(page.Log().GetByRole(AriaRole.Link, new() { Name = number })).ToHaveAttributeAsync("href", "tel:+" + string.Concat(number.Where(char.IsAsciiDigit)));
        }

        await Browser.ShootAsync(page, shot);
    }

    [Fact]
    public async Task MarkupInWhatIsTyped_IsTextAndNeverRuns()
    {
        var page = await OpenAsync(DesktopWidth, DesktopHeight);
        const string Typed = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script> [x](javascript:window.hacked=1)";

        await page.AskAsync(Typed);
        await Assertions.Expect(page.Log()).ToContainTextAsync("That is outside what I know");

        await Assertions.Expect(page.Locator(".mine p")).ToHaveTextAsync(Typed);
        Assert.Equal(0, await page.Locator(".log img, .log script").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("window.hacked === undefined"));
    }

    [Fact]
    public async Task Everything_CanBeDoneByKeyboard()
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        await page.GotoAsync(server.Address.ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about heroin" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("why is heroin a depressant");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Log()).ToContainTextAsync("because it slows things down");
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".mine").Nth(1)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ask about heroin" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Nothing_IsAskedOfAnybodyElseAndNothingIsStored()
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        var hosts = new HashSet<string>();
        var errors = new List<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync(server.Address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about heroin" }).ClickAsync();
        await page.AskAsync("what is heroin");
        await Assertions.Expect(page.Log()).ToContainTextAsync("Heroin is a type of opioid");

        Assert.Equal([server.Address.Authority], hosts);
        Assert.Empty(errors);
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
    }

    [Theory]
    [InlineData("desktop", DesktopWidth, DesktopHeight, ColorScheme.Light)]
    [InlineData("phone", PhoneWidth, PhoneHeight, ColorScheme.Light)]
    [InlineData("narrow-dark", 320, 640, ColorScheme.Dark)]
    public async Task Axe_FindsNothingInAnyState(string device, int width, int height, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(width, height, scheme: scheme);
        await page.GotoAsync(server.Address.ToString());
        await page.CheckAccessibilityAsync("closed");

        await page.GetByRole(AriaRole.Button, new() { Name = "Get help now" }).ClickAsync();
        await Assertions.Expect(page.Log()).ToContainTextAsync("not a person");
        await page.CheckAccessibilityAsync("help");

        await page.AskAsync("can you overdose on heroin");
        await Assertions.Expect(page.Log()).ToContainTextAsync("life-threatening");
        await page.AskAsync("i want to die");
        await Assertions.Expect(page.Log()).ToContainTextAsync("Are you safe right now?");
        await page.CheckAccessibilityAsync("handoff");
        await Browser.ShootAsync(page, $"axe-{device}");
    }

    [Fact]
    public async Task ASpanishPage_HasASpanishWidget()
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight, "es-MX");
        await page.RouteAsync(server.Address.ToString(), async route =>
        {
            var response = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = response, Body = (await response.TextAsync()).Replace("<html lang=\"en\">", "<html lang=\"es\">", StringComparison.Ordinal) });
        });
        await page.GotoAsync(server.Address.ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Pregunte sobre la heroína" }).ClickAsync();
        await page.GetByLabel("Su pregunta").FillAsync("quiero morir");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".crisis")).ToContainTextAsync("oprima 2");
        await Browser.ShootAsync(page, "handoff-spanish-phone");
    }

    private async Task<IPage> OpenAsync(int width, int height) => await (await browser.OpenAsync(width, height)).OpenChatAsync(server.Address);
}
