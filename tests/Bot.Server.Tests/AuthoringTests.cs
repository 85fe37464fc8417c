using Bot.Server.Channels.DirectLine;
using Bot.Server.CommandLine;
using Microsoft.Bot.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Server.Tests;

/// <summary>The verbs of those who write, review and sign the content, on a copy of the real one.</summary>
public sealed class AuthoringTests : IDisposable
{
    private readonly string _content = BotServer.CopyContent();
    private readonly string _scratch = Directory.CreateTempSubdirectory("bot-authoring-").FullName;

    public void Dispose()
    {
        Directory.Delete(_content, recursive: true);
        Directory.Delete(_scratch, recursive: true);
    }

    [Fact]
    public void CheckContent_SaysHowManyTextsNobodySigned_AndNamesASignedOneThatWasEdited()
    {
        var (_, before, _) = Run("check-content");
        Assert.Equal(0, Run("sign", "answer/en/what-is-heroin", "--reviewer", "Dr. Ada Example").Code);
        var (_, signed, _) = Run("check-content");
        Edit("knowledge-base/is-heroin-a-stimulant.en-us.qna", "The drug is powerful and can", "The drug is strong and can");
        var (code, edited, _) = Run("check-content");

        var total = Total(before);
        Assert.Contains($"{total} of {total} texts unreviewed", before, StringComparison.Ordinal);
        Assert.Contains($"{total - 1} of {total} texts unreviewed", signed, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Contains("'answer/en/what-is-heroin' was edited after Dr. Ada Example signed it on ", edited, StringComparison.Ordinal);
        Assert.Contains($"{total} of {total} texts unreviewed", edited, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequireReview_RefusesUnsignedAndEditedTexts_AndStartsWhenAllAreSigned()
    {
        var (unsigned, error) = await ServerProcess.RunAsync("--Content:RequireReview=true", "--Content:Folder=" + _content);
        Assert.Equal(0, Run("sign", "*", "--reviewer", "Dr. Ada Example").Code);
        await using (var server = new BotServer(new() { ["Content:Folder"] = _content, ["Content:RequireReview"] = "true" }))
        {
            Assert.DoesNotContain("texts unreviewed", server.Logged, StringComparison.Ordinal);
        }

        Edit("replies/handoffs.en-us.yml", "Every minute counts.", "Every second counts.");
        var (edited, editedError) = await ServerProcess.RunAsync("--Content:RequireReview=true", "--Content:Folder=" + _content);

        Assert.Equal((1, 1), (unsigned, edited));
        Assert.Contains("'step/en/overdose/1' is signed by nobody. Content:RequireReview is true. Sign it with '-- sign step/en/overdose/1 --reviewer NAME'.", error, StringComparison.Ordinal);
        Assert.Contains("'handoff/en/overdose' was edited after Dr. Ada Example signed it", editedError, StringComparison.Ordinal);
        Assert.Contains("has 1 problem(s)", editedError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangedSource_IsNamedByTheVerbsAndAtTheStart()
    {
        Edit("sources/heroin-stimulant-or-depressant.txt", "Opioids like heroin affect brain function by activating", "Opioids like heroin act on brain function by activating");

        var (code, stale, _) = Run("stale");
        var coverage = Run("coverage");
        await using var server = new BotServer(new() { ["Content:Folder"] = _content });

        Assert.Equal((1, 1), (code, coverage.Code));
        Assert.Contains("'mu-opioid-receptors' is stale", stale, StringComparison.Ordinal);
        Assert.Contains("now:  line 21: Opioids like heroin act on brain function", stale, StringComparison.Ordinal);
        Assert.DoesNotContain("'tolerance' is stale", stale, StringComparison.Ordinal);
        Assert.Contains("'mu-opioid-receptors' is stale", server.Logged, StringComparison.Ordinal);
        Assert.Contains("'mu-opioid-receptors' is stale", Run("sign", "answer/en/mu-opioid-receptors", "--reviewer", "A").Error.Replace("answer/en/", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_ShowsEachParagraphWithItsAnswers()
    {
        var (code, report, _) = Run("coverage");
        Edit("sources/heroin-stimulant-or-depressant.txt", "Jump to a Section", "A new paragraph that nobody has read.\n\nJump to a Section");
        var (bareCode, bare, _) = Run("coverage");

        Assert.Equal((0, 1), (code, bareCode));
        Assert.Contains("<- how-heroin-stops-pain, low-doses, tolerance", report, StringComparison.Ordinal);
        Assert.Contains("18 of 18 paragraphs have an answer", report, StringComparison.Ordinal);
        Assert.Contains("<- NO ANSWER RESTS ON THIS", bare, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guide.md", "# A guide\n\n## What is naltrexone used for?\n\nIt is *one* of the medicines.\n\n- first [point](https://x.org)\n- second point\n\nAnother paragraph follows.\n")]
    [InlineData("guide.txt", "A guide\n\nWhat is naltrexone used for?\n\nIt is one of\nthe medicines.\n\n- first point\n- second point\n\nAnother paragraph follows.\n")]
    [InlineData("guide.html", "<!doctype html><title>x</title><body><nav><a href=/>Home</a> menu</nav><main><h1>A guide</h1><ul><li><a href=#a>One thing</a><li><a href=#b>Two things</a><li><a href=#c>Three things</a></ul><h2>1.2. What is naltrexone used for?</h2><div>It is <b>one</b> of<br>the medicines.</div><ul><li>first point<li><p>second point</p></ul><p>Another paragraph follows.</p><script>evil()</script></main><footer>Imprint</footer>")]
    public async Task Draft_OfADocument_IsOffUntilSigned(string name, string text)
    {
        var file = Path.Combine(_scratch, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var (code, output, _) = Run("draft", file);
        var qna = await File.ReadAllTextAsync(Path.Combine(_content, "knowledge-base", "guide.en-us.qna"), TestContext.Current.CancellationToken);
        var check = Run("check-content");

        Assert.Equal((0, 0), (code, check.Code));
        Assert.Contains("2 answers, all off until they are signed", output, StringComparison.Ordinal);
        Assert.Contains("# ? What is naltrexone used for?\n\n> quote: It is one of the medicines.\n> quote: first point\n> quote: second point\n\n```markdown\nIt is one of the medicines.\n\n- first point\n- second point\n```", qna, StringComparison.Ordinal);
        Assert.Contains("# ? What is naltrexone used for: Another paragraph follows\n", qna, StringComparison.Ordinal);
        Assert.Contains("2 drafts are off until they are signed", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("medicines", await AskAsync("what is naltrexone used for"), StringComparison.Ordinal);
        Assert.Equal(0, Run("sign", "answer/en/what-is-naltrexone-used-for", "--reviewer", "Dr. Ada Example").Code);
        Assert.Contains("It is one of the medicines.", await AskAsync("what is naltrexone used for"), StringComparison.Ordinal);
        Assert.Contains("exists already", Run("draft", file).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASignedDraft_CitesAPageOfItsOwn()
    {
        var file = Path.Combine(_scratch, "guide.md");
        await File.WriteAllTextAsync(file, "# A guide\n\n## What is naltrexone used for?\n\nIt is one of the medicines.\n", TestContext.Current.CancellationToken);
        Run("draft", file);
        Run("sign", "answer/en/what-is-naltrexone-used-for", "--reviewer", "Dr. Ada Example");

        await using var server = new BotServer(new() { ["Content:Folder"] = _content });
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        var citation = (await client.SayAsync("what is naltrexone used for")).GetProperty("channelData").GetProperty("citation").GetProperty("url").GetString()!;
        using var http = new HttpClient { BaseAddress = server.Address };
        var page = await http.GetStringAsync(new Uri(citation, UriKind.Relative), TestContext.Current.CancellationToken);
        var front = await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("/articles/guide.txt#what-is-naltrexone-used-for:~:text=It%20is%20one%20of", citation, StringComparison.Ordinal);
        Assert.Contains("id=\"what-is-naltrexone-used-for\"", page, StringComparison.Ordinal);
        Assert.Contains("Is Heroin a Stimulant or a Depressant?", front, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.pdf", "text", "of a kind that is not read. Known: .txt, .md, .html.")]
    [InlineData("x.txt", "\0\u0001", "is not text in UTF-8")]
    [InlineData("x.md", "# Only a heading", "has no paragraph")]
    [InlineData(null, null, "There is no file")]
    public void Draft_OfWhatIsNoDocument_SaysWhy(string? name, string? text, string reason)
    {
        var file = Path.Combine(_scratch, name ?? "nowhere.txt");
        if (name is not null)
        {
            File.WriteAllText(file, text);
        }

        var (code, _, error) = Run("draft", file);

        Assert.Equal(1, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void ReviewSheet_HasEveryTextWithQuotePhrasingsStateAndAPlaceToSign()
    {
        Run("sign", "step/en/overdose/1", "--reviewer", "Dr. Ada <Example>");
        var file = Path.Combine(_scratch, "sheet.html");
        var open = Path.Combine(_scratch, "open.html");

        var (code, output, _) = Run("review-sheet", "--out", file);
        Run("review-sheet", "--out", open, "--only", "unreviewed");
        var sheet = File.ReadAllText(file);

        Assert.Equal(0, code);
        Assert.Contains($"{Total(Run("check-content").Output)} texts", output, StringComparison.Ordinal);
        Assert.Contains("<blockquote>Opioids like heroin affect brain function", sheet, StringComparison.Ordinal);
        Assert.Contains("which receptors does heroin act on", sheet, StringComparison.Ordinal);
        Assert.Contains("reviewed: Dr. Ada &lt;Example&gt;", sheet, StringComparison.Ordinal);
        Assert.Contains("sign reply/es/advice --hash ", sheet, StringComparison.Ordinal);
        Assert.Contains("Poison Help, 1-800-222-1222", sheet, StringComparison.Ordinal);
        Assert.Contains("step/en/overdose/1", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("step/en/overdose/1 ", File.ReadAllText(open), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no text 'what-is-heroin'. Did you mean: answer/en/what-is-heroin?", "what-is-heroin", "--reviewer", "A")]
    [InlineData("Did you mean: answer/en/what-is-heroin?", "answer/en/what-is-heroine", "--reviewer", "A")]
    [InlineData("Write: sign ID", "answer/en/what-is-heroin")]
    [InlineData("Write: sign ID", "--reviewer", "A")]
    [InlineData("'--reviewer' has no value", "answer/en/what-is-heroin", "--reviewer")]
    [InlineData("'--name' is no option here", "answer/en/what-is-heroin", "--name", "A")]
    [InlineData("would expire on 2020-01-01", "answer/en/what-is-heroin", "--reviewer", "A", "--expires", "2020-01-01")]
    [InlineData("--expires is 'soon', which is not a date", "answer/en/what-is-heroin", "--reviewer", "A", "--expires", "soon")]
    [InlineData("is not the text that was read: its hash is", "answer/en/what-is-heroin", "--reviewer", "A", "--hash", "0123456789abcdef")]
    [InlineData("--hash goes with one text only", "answer/en/*", "--reviewer", "A", "--hash", "0123456789abcdef")]
    public void Sign_WithABadArgument_SaysWhyAndWritesNothing(string reason, params string[] arguments)
    {
        var (code, _, error) = Run(["sign", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_content, "sign-offs.yml")));
    }

    [Fact]
    public void Sign_KeepsWhatOthersSigned()
    {
        Run("sign", "answer/en/what-is-heroin", "--reviewer", "First");
        Run("sign", "answer/en/tolerance", "--reviewer", "Second", "--expires", "2099-01-01");
        Run("sign", "answer/en/what-is-heroin", "--reviewer", "Third");

        var file = File.ReadAllText(Path.Combine(_content, "sign-offs.yml"));
        Assert.DoesNotContain("First", file, StringComparison.Ordinal);
        Assert.Contains("reviewer: \"Second\"", file, StringComparison.Ordinal);
        Assert.Contains("expiresOn: 2099-01-01", file, StringComparison.Ordinal);
        Assert.Contains("reviewer: \"Third\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrivacyAnswers_SayWhatTheSettingsDo()
    {
        await using var server = new BotServer(new() { ["DirectLine:KeepConversationMinutes"] = "17" });
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        Assert.Contains("deleted 17 minutes after the last message", (await client.SayAsync("is this private?")).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("deleted 17 minutes after the last message", (await client.SayAsync("can my parents see this?")).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("60 minutes after the last activity (`DirectLine:KeepConversationMinutes`)", await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "data-stores.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasTyped_IsGoneFromTheStateToo_AfterTheMinutesThePrivacyAnswersName()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var now = TestContext.Current.CancellationToken;
        await using var server = new BotServer(null, services => services.AddSingleton<TimeProvider>(clock));
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        await client.SayAsync("zebraword what is a depressant");
        var storage = server.Services.GetRequiredService<IStorage>();
        var key = $"directline/conversations/{client.ConversationId}";

        for (var i = 0; i < 100 && (await storage.ReadAsync([key], now)).Count == 0; i++)
        {
            await Task.Delay(20, now);
        }

        Assert.NotEmpty(await storage.ReadAsync([key], now));
        clock.Advance(TimeSpan.FromMinutes(60.5));
        await server.Services.GetServices<IHostedService>().OfType<ConversationSweeper>().Single().SweepAsync(now);

        Assert.Empty(await storage.ReadAsync([key], now));
        Assert.DoesNotContain("zebraword", server.Logged, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = Verbs.Run([.. arguments, "--contentRoot", RepositoryRoot.Path, "--Content:Folder=" + _content], output, error);
        return (code ?? -1, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }

    private async Task<string> AskAsync(string question)
    {
        await using var server = new BotServer(new() { ["Content:Folder"] = _content });
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        return (await client.SayAsync(question)).GetProperty("text").GetString()!;
    }

    private static int Total(string output)
    {
        var line = output.Split('\n').First(line => line.Contains(" texts unreviewed", StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Edit(string file, string from, string to)
    {
        var path = Path.Combine(_content, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
