using Microsoft.Playwright;

namespace Bot.Widget;

/// <summary>
/// From the tap to the greeting and from Enter to the reply, on Chromium's "slow 4G" (562.5 ms, 1,474 kbit/s down, 675 up) and a processor slowed
/// down four times. Nothing of either chat is loaded before the tap but our launcher. The network's brake does not hold WebSocket frames.
/// </summary>
internal static class SlowPhone
{
    private const int Runs = 5;
    private const double Latency = 562.5;
    private const double DownBytesPerSecond = 1474.56 * 1024 / 8;
    private const double UpBytesPerSecond = 675.0 * 1024 / 8;

    private const string Watch = """
        (text) => new Promise(resolve => {
          const everything = () => document.body.innerText + (document.getElementById('faq-bot')?.shadowRoot.querySelector('.log')?.textContent || '');
          const look = () => everything().includes(text) ? resolve(performance.now() - window.since) : requestAnimationFrame(look);
          look();
        })
        """;

    public static async Task<object> MeasureAsync(string site)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var ours = new List<(double Greeting, double Reply)>();
        var webChat = new List<(double Greeting, double Reply)>();
        for (var i = 0; i < Runs; i++)
        {
            ours.Add(await RunAsync(browser, site + "/ours", page => page.GetByRole(AriaRole.Button, new() { Name = "Ask about heroin" }), page => page.GetByLabel("Your question")));
            webChat.Add(await RunAsync(browser, site + "/webchat", page => page.Locator("#open"), page => page.Locator("[data-id='webchat-sendbox-input'], .webchat__send-box-text-box__input").First));
        }

        return new { tapToGreeting = Compare(ours.Select(run => run.Greeting), webChat.Select(run => run.Greeting)), enterToReply = Compare(ours.Select(run => run.Reply), webChat.Select(run => run.Reply)) };
    }

    private static async Task<(double Greeting, double Reply)> RunAsync(IBrowser browser, string url, Func<IPage, ILocator> opener, Func<IPage, ILocator> box)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 375, Height = 720 }, Locale = "en-US" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = Latency, ["downloadThroughput"] = DownBytesPerSecond, ["uploadThroughput"] = UpBytesPerSecond });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await page.AddInitScriptAsync("addEventListener('click', () => { window.since = performance.now(); }, true); addEventListener('keydown', e => { if (e.key === 'Enter') window.since = performance.now(); }, true);");
        await page.GotoAsync(url);
        await opener(page).ClickAsync();
        var greeting = await page.EvaluateAsync<double>(Watch, "nobody is watching this chat");
        await box(page).ClickAsync();
        await page.Keyboard.TypeAsync("is heroin addictive");
        await page.Keyboard.PressAsync("Enter");
        var reply = await page.EvaluateAsync<double>(Watch, "pleasure center");
        return (greeting, reply);
    }

    private static object Compare(IEnumerable<double> ours, IEnumerable<double> webChat)
    {
        var (mine, other) = (Median(ours), Median(webChat));
        return new { ours = Math.Round(mine), webChat = Math.Round(other), ratio = Math.Round(mine / other, 3) };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
