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
