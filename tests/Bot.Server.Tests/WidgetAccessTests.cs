using Microsoft.Playwright;
using static Bot.Server.Tests.WidgetDriver;

namespace Bot.Server.Tests;

/// <summary>The widget for everyone: small screens, zoom, forced colours, screen readers, large targets.</summary>
public sealed class WidgetAccessTests(BotServer server, Browser browser) : IClassFixture<BotServer>, IClassFixture<Browser>
{
    private const int SmallestTarget = 44;

    /// <summary>WCAG 1.4.10: 400 % zoom on a screen of 1280 × 1024 leaves 320 × 256.</summary>
    [Theory]
    [InlineData(640, 512)]
    [InlineData(320, 256)]
    public async Task AtAnyZoom_EverythingCanBeReachedWithoutScrollingSideways(int width, int height)
    {
        var page = await (await browser.OpenAsync(width, height)).OpenChatAsync(server.Address);

        await page.AskAsync("my friend took heroin and won't wake up");
        await page.ExpectSaidAsync("Call 911 now");

        await Assertions.Expect(page.Locator(".crisis p").First).ToBeInViewportAsync();
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeInViewportAsync();
        Assert.Equal(0, await page.Locator(".panel").EvaluateAsync<int>("panel => Math.max(0, panel.scrollWidth - panel.clientWidth)"));
        await page.CheckAccessibilityAsync($"{width} x {height}");
        await Browser.ShootAsync(page, $"zoom-{width}");
    }

    [Fact]
    public async Task EveryTarget_IsLargeEnoughForAThumb()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.AskAsync("i want to die");
        await page.ExpectSaidAsync("Are you safe right now?");
        await page.Button("Who answers?").ClickAsync();
        await page.Button("More").ClickAsync();

        // Links in a sentence are excepted (WCAG 2.5.8): each such number has a button of its own.
        var small = await page.Locator(".panel button, .panel .button, .help a, .menu a, textarea").EvaluateAllAsync<string[]>($"all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < {SmallestTarget}).map(e => e.textContent + ' ' + e.getBoundingClientRect().height)");

        Assert.Empty(small);
    }

    [Fact]
    public async Task ForcedColours_AndReducedMotion_LeaveEverythingLegible()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        await page.AskAsync("is heroin addictive");
        await page.ExpectSaidAsync("pleasure center");

        await page.CheckAccessibilityAsync("forced colours");
        Assert.Equal("none 0s", await page.EvaluateAsync<string>("[...document.querySelector('#faq-bot').shadowRoot.querySelectorAll('*')].map(e => getComputedStyle(e)).map(s => s.animationName + ' ' + s.transitionDuration).filter((v, i, all) => all.indexOf(v) === i).join()"));
        await Browser.ShootAsync(page, "forced-colours");
    }

    [Fact]
    public async Task AScreenReader_HearsWhoSpeaks_TheNumbersDigitByDigit_AndACrisisAtOnce()
    {
        var page = await (await browser.OpenAsync(DesktopWidth, DesktopHeight)).OpenChatAsync(server.Address);
        await page.AskAsync("i want to die");
        await page.ExpectSaidAsync("Are you safe right now?");

        var tree = await page.GetByRole(AriaRole.Dialog, new() { Name = "Questions about the article" }).AriaSnapshotAsync();

        Assert.Contains("log \"Conversation\"", tree, StringComparison.Ordinal);
        Assert.Contains("\"You:\"", tree, StringComparison.Ordinal);
        Assert.Contains("\"Automatic answer:\"", tree, StringComparison.Ordinal);
        Assert.Contains("link \"Call 9 8 8", tree, StringComparison.Ordinal);
        Assert.Contains("link \"Text 9 8 8\"", tree, StringComparison.Ordinal);
        Assert.Contains("group \"Choose a reply\"", tree, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("[role=alert]").Filter(new() { HasText = "Help is here:" })).ToHaveCountAsync(1);
        Assert.Equal("polite", await page.Log().GetAttributeAsync("aria-live"));
    }

    [Fact]
    public async Task TheFocus_IsNeverLostNorCovered()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.AskAsync("is heroin an upper");
        await page.ExpectSaidAsync("rather than a stimulant");
        await page.Button("Why is that?").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Button("No").First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Button("OK").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        await page.Button("More").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Button("More")).ToBeFocusedAsync();

        for (var i = 0; i < 25; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var seen = await page.EvaluateAsync<bool>("""
                () => {
                  const active = document.querySelector('#faq-bot').shadowRoot.activeElement;
                  if (!active) return true;
                  const box = active.getBoundingClientRect();
                  const at = document.querySelector('#faq-bot').shadowRoot.elementFromPoint(box.x + box.width / 2, Math.min(innerHeight - 2, Math.max(1, box.y + Math.min(box.height, innerHeight) / 2)));
                  return active === at || active.contains(at);
                }
                """);
            Assert.True(seen, $"The focus is covered after {i + 1} tabs.");
        }
    }

    [Theory]
    [InlineData("help")]
    [InlineData("questions")]
    [InlineData("questions?lang=es")]
    [InlineData("help?lang=es")]
    [InlineData("chat")]
    public async Task APage_HasNoViolation(string path)
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        await page.GotoAsync(new Uri(server.Address, path).AbsoluteUri);
        if (path == "chat")
        {
            await page.ExpectSaidAsync("not a person");
        }

        if (path == "help")
        {
            await Assertions.Expect(page.Locator("[lang=ar] a[href='tel:988']")).ToBeVisibleAsync();
        }

        await page.CheckAccessibilityAsync(path);
        await Browser.ShootAsync(page, "page-" + path.Replace('?', '-'));
    }
}
