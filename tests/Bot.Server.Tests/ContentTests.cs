using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Bot.Server.Content;
using Bot.Server.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests;

/// <summary>Content from disk: a bad start is no start, a bad edit changes nothing.</summary>
public sealed class ContentTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public void CheckContent_OfTheRealContent_FindsNothing()
    {
        var output = new StringWriter();

        Assert.Equal(0, Verbs.Run(["check-content", "--contentRoot", RepositoryRoot.Path], output, TextWriter.Null));
        Assert.Contains("no problems", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "- upper or downer", "- my friend won't wake up", "is handed off by the crisis rule")]
    [InlineData("knowledge-base/about-this-chat.en-us.qna", "call **911**.", "call 555-123-4567.", "is not in dialogs/crisis/helplines.yml")]
    [InlineData("crisis/rules.yml", "handoff: took-too-much", "handoff: nothing", "names the handoff 'nothing'")]
    [InlineData("crisis/look-alikes.yml", "- hang in there", "- i want to die", "must pass, but rule")]
    [InlineData("replies/replies.en-us.yml", "  - is-heroin-a-stimulant", "  - nowhere", "startPrompts names 'nowhere'")]
    [InlineData("replies/replies.es.yml", "failure: |-", "failures: |-", "has no 'failure'")]
    [InlineData("replies/replies.en-us.yml", "In an emergency call **{emergency}**.", "Bye.", "must have the number {emergency}")]
    [InlineData("sources/heroin-stimulant-or-depressant.txt", "Heroin is a type of opioid.", "Heroin is an opioid drug.", "does not stand in")]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "- topic = basics", "", "has no topic")]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "- upper or downer", "- ?!", "'?!' has no word in it")]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "@source = heroin-stimulant-or-depressant.txt", "@source = other.txt", "is not in dialogs/sources. Known: heroin-stimulant-or-depressant.txt")]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "> quote: Heroin is a type of opioid.\n\n", "\n", "'is-heroin-an-opioid' has no quote")]
    [InlineData("knowledge-base/is-heroin-a-stimulant.en-us.qna", "> quote: Heroin is a type of opioid.\n\n", "> quote:\n", "A quote of 'is-heroin-an-opioid' is empty")]
    [InlineData("knowledge-base/beyond-the-article.es.qna", "Un farmacéutico puede decirle", "Llame al 555-123-4567, que puede decirle", "The number '555-123-4567' of 'naloxone'")]
    [InlineData("knowledge-base/about-this-chat.es.qna", "- buenas\n", "- me quiero morir\n", "is handed off by the crisis rule")]
    [InlineData("crisis/helplines.yml", "    call: \"988\"\n    text: { to: \"988\", say: { en: \"\", es: \"AYUDA\" } }\n", "", "has neither 'call' nor 'text'")]
    [InlineData("crisis/helplines.yml", "    name: { en: \"Poison Help\", es: \"Poison Help (intoxicaciones)\" }", "    name: Poison Help", "must have a text for each language")]
    [InlineData("crisis/helplines.yml", "  - id: emergency-us\n", "  - nothing\n  - id: emergency-us\n", "A helpline must have members")]
    [InlineData("crisis/rules.yml", "    all: [cry-swallowed]\n    alone: true", "    all: [cry-swallowed]\n    alone: yes", "'alone' is 'yes'; it must be true or false")]
    [InlineData("crisis/rules.yml", "    window: 8\n    unless: [generic, overdose-noun-info, overdose-wish]", "    about: them\n    window: 8\n    unless: [generic, overdose-noun-info, overdose-wish]", "'about' is 'them'; it must be self or other")]
    [InlineData("crisis/rules.yml", "when: { negation: soft }", "when: { mood: soft }", "'mood' is no circumstance")]
    [InlineData("replies/handoffs.en-us.yml", "  someone-else:", "  somebody-else:", "There is no handoff 'someone-else'")]
    [InlineData("replies/handoffs.en-us.yml", "    lines: [emergency, crisis-line, centre]", "    lines: [centre, emergency, crisis-line]", "must begin with emergency, crisis-line or poison")]
    [InlineData("replies/handoffs.en-us.yml", "    steps: []", "    steps: [{ text: a, source: s }, { text: b, source: s }, { text: c, source: s }, { text: d, source: s }]", "a person in danger reads at most 3")]
    [InlineData("replies/replies.en-us.yml", "suggestions: \"I am", "suggestions:\n  - \"I am", "'suggestions' must be a text")]
    [InlineData("replies/replies.en-us.yml", "startPrompts:\n  - is-heroin-a-stimulant\n  - stimulant-versus-depressant\n  - what-to-do-if-using", "startPrompts: { a: b }", "'startPrompts' must be a list")]
    [InlineData("replies/replies.es.yml", "untranslated:", "untranslate:", "has no 'untranslated'")]
    public void Read_ABrokenEdit_IsReportedWithFileAndLine(string file, string good, string bad, string message)
    {
        var folder = BotServer.CopyContent();
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));

        var problems = new List<ContentProblem>();
        ContentReader.Read(ContentFolder.Read(folder, problems), new HelplineOptions(), problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_FilesThatDoNotBelong_AreReported()
    {
        var folder = BotServer.CopyContent();
        File.WriteAllText(Path.Combine(folder, "knowledge-base", "x.fr.qna"), "# ? bonjour");
        File.WriteAllText(Path.Combine(folder, "sources", "y.txt"), "words");
        File.WriteAllText(Path.Combine(folder, "sources", "z.txt"), new string('x', 3_000_000));
        File.WriteAllText(Path.Combine(folder, "sign-offs.yml"), "signOffs:\n  - { text: answer/en/gone, hash: \"1\", reviewer: R, signedOn: 2026-01-01, expiresOn: 2027-01-01 }\n");

        var problems = new List<ContentProblem>();
        ContentReader.Read(ContentFolder.Read(folder, problems), new HelplineOptions(), problems);

        foreach (var reason in new[] { "has no known locale", "There is no dialogs/sources/y.yml beside this source", "is larger than", "'answer/en/gone' is signed, but there is no such text" })
        {
            Assert.Contains(problems, problem => problem.Message.Contains(reason, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("knowledge-base", "There is no answer")]
    [InlineData("crisis", "dialogs/crisis/rules.yml(0): The file is missing")]
    [InlineData("replies", "The file is missing")]
    public async Task Start_WithAFolderDeleted_RefusesWithTheReason(string deleted, string reason)
    {
        var folder = BotServer.CopyContent();
        Directory.Delete(Path.Combine(folder, deleted), recursive: true);

        var (exitCode, error) = await ServerProcess.RunAsync("--Content:Folder=" + folder);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Matching:SuggestThreshold=0.9", "Matching:SuggestThreshold (0.9) must be below AnswerThreshold (0.5).")]
    [InlineData("--DirectLine:AllowedOrigins:0=https://x.org/", "'https://x.org/', which is not an origin")]
    [InlineData("--DirectLine:SigningKey=short", "DirectLine:SigningKey is not base64 of at least 32 bytes")]
    [InlineData("--DirectLine:SigningKeyFile=/dev/null/key", "DirectLine:SigningKeyFile elsewhere, or set DirectLine:SigningKey.")]
    [InlineData("--Helpline:Id=nobody", "Helpline:Id is 'nobody'")]
    [InlineData("--Content:Article=nowhere.txt", "Content:Article is 'nowhere.txt', which is no source. Known: heroin-stimulant-or-depressant.txt.")]
    [InlineData("--Content:WhenExpired=Shrug", "Failed to convert configuration value 'Shrug' at 'Content:WhenExpired'")]
    [InlineData("--Matching:AnswerThreshold=high", "Failed to convert configuration value 'high' at 'Matching:AnswerThreshold'")]
    [InlineData("--Helpline:Country=FR", "role 'emergency' and a number to call for the country 'FR'")]
    [InlineData("--Content:Folder=nowhere", "does not exist. Start the bot in the folder that has 'dialogs', or set Content:Folder.")]
    public async Task Start_WithABadSetting_NamesItItsValueAndTheCure(string argument, string message)
    {
        var (exitCode, error) = await ServerProcess.RunAsync(argument);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InAnotherFolder_SaysThatTheContentIsNotThere()
    {
        var (exitCode, error) = await ServerProcess.RunAsync("--contentRoot=" + Path.GetTempPath());

        Assert.Equal(1, exitCode);
        Assert.Contains("does not exist", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_WhileRunning_AGoodOneIsTakenInAndABadOneIsNot()
    {
        var folder = BotServer.CopyContent();
        await using var server = new BotServer(new() { ["Content:Folder"] = folder });
        var source = server.Services.GetRequiredService<IBotContentSource>();
        var path = Path.Combine(folder, "knowledge-base", "is-heroin-a-stimulant.en-us.qna");
        var good = await File.ReadAllTextAsync(path, Now);
        var first = source.Current.Version;

        await File.WriteAllTextAsync(path, good.Replace("- upper or downer", "- upper or downer\n- nothing\n# broken", StringComparison.Ordinal), Now);
        await UntilAsync(() => server.Logged.Contains("The edit has problems", StringComparison.Ordinal));
        Assert.Equal(first, source.Current.Version);
        Assert.Contains("'# broken' is not a question", server.Logged, StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, good.Replace("- upper or downer", "- upper or downer\n- zebra stripes question", StringComparison.Ordinal), Now);
        await UntilAsync(() => source.Current.Version != first);
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        Assert.Contains("depressant", (await client.SayAsync("zebra stripes question")).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("sing")]
    public void Verbs_WhatItCannotDo_EndsNonZeroWithTheUsage(string verb)
    {
        var error = new StringWriter();

        Assert.Equal(2, Verbs.Run([verb], TextWriter.Null, error));
        Assert.Contains("check-content", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(20, Now);
        }

        Assert.True(condition());
    }
}
