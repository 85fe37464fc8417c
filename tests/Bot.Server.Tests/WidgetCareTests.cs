using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using static Bot.Server.Tests.WidgetDriver;

namespace Bot.Server.Tests;

/// <summary>What a person can do about their own conversation: leave, keep, copy, delete, vote, change the language.</summary>
public sealed class WidgetCareTests(BotServer server, Browser browser) : IClassFixture<BotServer>, IClassFixture<Browser>
{
    private const string Question = "is heroin addictive";
    private const string Answer = "pleasure center";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_BlanksThePage_DeletesTheConversation_AndTakesItsPlaceInTheHistory(bool isByKeyboard)
    {
        var page = await browser.OpenAsync(DesktopWidth, DesktopHeight);
        await page.RouteAsync("https://www.weather.gov/", route => route.FulfillAsync(new() { Body = "<title>Weather</title>sunny", ContentType = "text/html" }));
        var conversation = WatchConversation(page);
        await page.GotoAsync(new Uri(server.Address, "help").AbsoluteUri);
        await page.OpenChatAsync(server.Address);
        await Assertions.Expect(page.GetByText("It cannot erase your browser history, call log or texts.")).ToBeVisibleAsync();
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);

        if (isByKeyboard)
        {
            for (var i = 0; i < 3; i++)
            {
                await page.Keyboard.PressAsync("Shift");
            }
        }
        else
        {
            await page.Button("Leave this page").ClickAsync();
        }

        await Assertions.Expect(page).ToHaveURLAsync("https://www.weather.gov/");
        await WaitUntilAsync(async () => await StatusAsync(conversation()) == HttpStatusCode.NotFound);
        await page.GoBackAsync();
        Assert.EndsWith("/help", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoShiftsOrCapitalLetters_LeaveNothing()
    {
        var page = await (await browser.OpenAsync(DesktopWidth, DesktopHeight)).OpenChatAsync(server.Address);
        await page.GetByLabel("Your question").FocusAsync();

        await page.Keyboard.TypeAsync("AND SO ON");
        await page.Keyboard.PressAsync("Shift");
        await page.Keyboard.PressAsync("Shift");
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("Shift");

        await Assertions.Expect(page.GetByLabel("Your question")).ToHaveValueAsync("AND SO ONa");
    }

    [Fact]
    public async Task AKeptChat_IsThereAfterAReload_AndOnlyIfItWasAskedFor()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);
        await page.ReloadAsync();
        await Assertions.Expect(page.Button("Ask about heroin")).ToBeVisibleAsync();
        await page.Button("Ask about heroin").ClickAsync();
        await page.ExpectSaidAsync("not a person");
        Assert.DoesNotContain(Answer, await page.Log().InnerTextAsync(), StringComparison.Ordinal);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);

        await page.Button("More").ClickAsync();
        await page.Button("Keep this chat when I reload").ClickAsync();
        await Assertions.Expect(page.GetByText("Kept in this tab until you close it.")).ToBeVisibleAsync();
        await page.ReloadAsync();

        await page.ExpectSaidAsync(Answer);
        await Assertions.Expect(page.Locator(".mine")).ToContainTextAsync(Question);
        await page.AskAsync("why?");
        await page.ExpectSaidAsync("dependent");
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
    }

    [Fact]
    public async Task AKeptChatTheServerForgot_BeginsAnew()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.EvaluateAsync("sessionStorage.setItem('faq-bot', JSON.stringify({ conversationId: 'gone', token: 'x.y.z' }))");
        await page.ReloadAsync();

        await page.ExpectSaidAsync("not a person");
    }

    [Fact]
    public async Task DeletingTheChat_AsksFirst_AndForgetsItHereAndThere()
    {
        var page = await browser.OpenAsync(PhoneWidth, PhoneHeight);
        var conversation = WatchConversation(page);
        await page.OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);
        await page.Button("More").ClickAsync();
        await page.Button("Delete this chat").ClickAsync();
        await Assertions.Expect(page.Button("Do not delete")).ToBeFocusedAsync();
        await page.CheckAccessibilityAsync("asked whether to delete");
        await Browser.ShootAsync(page, "delete-phone");
        await page.Button("Do not delete").ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(conversation()));

        await page.Button("Delete this chat").ClickAsync();
        await page.Button("Delete").ClickAsync();

        await page.ExpectSaidAsync("Deleted, here and on the server.");
        Assert.DoesNotContain(Answer, await page.Log().InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(conversation()));
        await page.AskAsync("what is heroin");
        await page.ExpectSaidAsync("Heroin is a type of opioid");
    }

    [Fact]
    public async Task ACopy_HoldsWhatWasSaid()
    {
        var page = await (await browser.OpenAsync(DesktopWidth, DesktopHeight)).OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync(Answer);
        await page.Button("More").ClickAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.Button("Save a copy").ClickAsync());

        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("chat.txt", download.SuggestedFilename);
        Assert.Contains("You:\n" + Question, text, StringComparison.Ordinal);
        Assert.Contains(Answer, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AThumb_IsCountedByAnswer_AndNothingElse()
    {
        var votes = new List<(string? Answer, bool Helpful)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "bot.answers.votes") { self.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (votes)
            {
                votes.Add(((string?)tags[0].Value, (bool)tags[1].Value!));
            }
        });
        listener.Start();
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.AskAsync(Question);
        await page.ExpectSaidAsync("Was this helpful?");

        await page.Button("No").ClickAsync();

        await page.ExpectSaidAsync("Thank you. Only the count is kept.");
        await WaitUntilAsync(() => Task.FromResult(votes.Count > 0));
        Assert.Contains(("is-heroin-addictive", false), votes);
        await page.AskAsync("what is heroin");
        await page.ExpectSaidAsync("Heroin is a type of opioid");
    }

    [Fact]
    public async Task TheLanguage_CanBeChangedAtAnyTime()
    {
        var page = await (await browser.OpenAsync(PhoneWidth, PhoneHeight)).OpenChatAsync(server.Address);
        await page.Button("More").ClickAsync();

        await page.Button("Español").ClickAsync();

        await Assertions.Expect(page.Button("Salir de esta página")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Llamar al 9 1 1" }).First).ToBeVisibleAsync();
        await page.GetByLabel("Su pregunta").FillAsync("hola");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectSaidAsync("Pregúnteme sobre el artículo");
        await page.CheckAccessibilityAsync("Spanish, with the menu open");
        await Browser.ShootAsync(page, "menu-spanish-phone");
    }

    [Fact]
    public async Task AnAnswerThatComesWhileTheChatIsClosed_IsCountedOnTheButton()
    {
        var page = await (await browser.OpenAsync(DesktopWidth, DesktopHeight)).OpenChatAsync(server.Address);
        await page.EvaluateAsync("window.told = []; FaqBot.on('unread', count => told.push(count)); FaqBot.on('close', () => told.push('close')); FaqBot.on('open', () => told.push('open')); null");
        var letGo = new TaskCompletionSource();
        await page.RouteAsync("**/activities", async route =>
        {
            await letGo.Task;
            await route.ContinueAsync();
        });
        await page.AskAsync(Question);

        await page.Button("Close the chat").ClickAsync();
        letGo.SetResult();

        await page.Button("Ask about heroin (1)").ClickAsync();
        await page.ExpectSaidAsync(Answer);
        await Assertions.Expect(page.GetByLabel("Your question")).ToBeFocusedAsync();
        Assert.Equal("close,1,open", await page.EvaluateAsync<string>("told.join()"));
    }

    /// <summary>The address and token of the conversation that the page holds.</summary>
    private static Func<(Uri Address, string Token)> WatchConversation(IPage page)
    {
        (Uri, string) last = default;
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/activities", StringComparison.Ordinal) && request.Headers.TryGetValue("authorization", out var bearer))
            {
                last = (new Uri(request.Url), bearer["Bearer ".Length..]);
            }
        };
        return () => last;
    }

    private static async Task<HttpStatusCode> StatusAsync((Uri Address, string Token) conversation)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", conversation.Token);
        using var response = await client.GetAsync(conversation.Address, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not come about in five seconds.");
    }
}
