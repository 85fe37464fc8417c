using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Bot.Server.Tests;

/// <summary>What a person does with the widget.</summary>
internal static class WidgetDriver
{
    public const int DesktopWidth = 1200;
    public const int DesktopHeight = 900;
    public const int PhoneWidth = 375;
    public const int PhoneHeight = 720;

    /// <summary>Milliseconds, on a machine that does other work besides.</summary>
    private const int SlowestGreeting = 20_000;

    public static ILocator Log(this IPage page) => page.GetByRole(AriaRole.Log);

    public static async Task<IPage> OpenChatAsync(this IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about heroin" }).ClickAsync();
        await Assertions.Expect(page.Log()).ToContainTextAsync("not a person", new() { Timeout = SlowestGreeting });
        return page;
    }

    public static async Task AskAsync(this IPage page, string text)
    {
        await page.GetByLabel("Your question").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static Task ExpectSaidAsync(this IPage page, string text, float patience = 10_000) => Assertions.Expect(page.Log()).ToContainTextAsync(text, new() { Timeout = patience });

    /// <summary>No violation of any rule axe has.</summary>
    public static async Task CheckAccessibilityAsync(this IPage page, string state)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{state}: {string.Join("; ", result.Violations.Select(violation => $"{violation.Id} ({violation.Help}): {string.Join(" ", violation.Nodes.Select(node => node.Html))}"))}");
    }
}
