using System.Diagnostics;
using Bot.Server.Tests.Escalations;

namespace Bot.Server.Tests;

/// <summary>What an operator reads of a bot that runs, as a command of its own.</summary>
public sealed class OperatorVerbTests
{
    private readonly string _storage = $"--Storage:ConnectionString=Data Source={Path.Combine(Directory.CreateTempSubdirectory("bot-verbs-").FullName, "bot.db")}";

    [Fact]
    public async Task Report_CountsAnswersHandoffsVotesAndCalls_WithoutAWordThatWasTyped()
    {
        await using var staff = await FakeReceiver.StartAsync();
        await using (var server = new BotServer(With(staff)))
        {
            using var person = await DirectLineClient.StartAsync(server.Address, "en-US");
            await person.NextReplyAsync();
            await person.SayAsync("is heroin addictive");
            await person.PostAsync(new { type = "event", name = "feedback", value = new { answerId = "is-heroin-addictive", helpful = true } });
            await person.SayAsync("heroin good or bad zebulon");
            foreach (var text in new[] { "call me tomorrow at (212) 555-0123", "yes", "yes", "Zebulon", "i want to die" })
            {
                await person.SayAsync(text);
            }
        }

        var (exitCode, output, _) = await RunAsync("report", _storage);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"1  is-heroin-addictive\r?\n", output);
        Assert.Contains("1  is-heroin-addictive helpful", output, StringComparison.Ordinal);
        Assert.Matches(@"1  hard suicide", output);
        Assert.Contains("by the closest topic: 1", output, StringComparison.Ordinal);
        Assert.Contains("Calls asked for, by the states they entered: 1", output, StringComparison.Ordinal);
        Assert.Contains($"Crisis findings of the whole year {DateTime.UtcNow.Year}: 1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("zebulon", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("555", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escalations_ListsWithoutNumbers_ShowsOne_AndChangesItWhileTheTargetsAreDown()
    {
        await using var staff = await FakeReceiver.StartAsync();
        staff.Answer = () => Task.FromResult(500);
        await using var server = new BotServer(With(staff));
        using var person = await DirectLineClient.StartAsync(server.Address, "en-US");
        await person.NextReplyAsync();
        foreach (var text in new[] { "call me tomorrow at (212) 555-0123", "yes", "yes", "Ana" })
        {
            await person.SayAsync(text);
        }

        var (_, list, _) = await RunAsync("escalations", _storage);
        Assert.Contains("1 not over", list, StringComparison.Ordinal);
        Assert.DoesNotContain("2125550123", list, StringComparison.Ordinal);
        var id = list.Split(' ')[0];
        var (_, shown, _) = await RunAsync("escalations", "show", id, _storage);
        Assert.Contains("+12125550123", shown, StringComparison.Ordinal);
        Assert.Contains("Ana", shown, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("escalations", "taken", id, "--by", "Ben", _storage)).ExitCode);
        var (late, told, _) = await RunAsync("escalations", "taken", id, "--by", "Cleo", _storage);
        Assert.Equal(1, late);
        Assert.Contains("it is taken, by Ben", told, StringComparison.Ordinal);
        Assert.Contains("has taken your request", (await person.NextReplyAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckEscalation_SendsATest_AndSaysWhatIsWrong()
    {
        await using var staff = await FakeReceiver.StartAsync();
        var settings = staff.Settings().Select(setting => $"--{setting.Key}={setting.Value}").ToArray();

        var (works, output, _) = await RunAsync(["check-escalation", .. settings]);
        Assert.Equal(0, works);
        Assert.Contains("hook: a test was sent and taken", output, StringComparison.Ordinal);
        Assert.Contains("A counselor of the test centre", output, StringComparison.Ordinal);
        Assert.True((await staff.NextAsync("escalation.test")).Data.GetProperty("seen").GetBoolean());

        staff.Answer = () => Task.FromResult(404);
        var (broken, problem, _) = await RunAsync(["check-escalation", .. settings]);
        Assert.Equal(1, broken);
        Assert.Contains("hook: does not work. HttpRequestException: The webhook answered 404", problem, StringComparison.Ordinal);

        var (none, hint, _) = await RunAsync("check-escalation");
        Assert.Equal(1, none);
        Assert.Contains("Escalations:Targets is empty", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from is 'monday', which is no date", "report", "--from", "monday")]
    [InlineData("is after --to", "report", "--from", "2026-02-01", "--to", "2026-01-01")]
    [InlineData("nothing is kept", "report", "--Storage:ConnectionString=memory")]
    [InlineData("Write escalations, escalations show ID", "escalations", "show", "7")]
    [InlineData("--by is missing", "escalations", "taken", "01a209ce-a69d-730b-9e33-37bd30a4d353")]
    [InlineData("There is no escalation", "escalations", "show", "01a209ce-a69d-730b-9e33-37bd30a4d353")]
    public async Task ABadCommand_IsToldPlainly(string told, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments.Any(argument => argument.Contains("Storage", StringComparison.Ordinal)) ? arguments : [.. arguments, _storage]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> With(FakeReceiver staff)
    {
        var settings = staff.Settings();
        settings["Storage:ConnectionString"] = _storage.Split('=', 2)[1];
        return settings;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var now = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), .. arguments]) { WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(now);
        var error = process.StandardError.ReadToEndAsync(now);
        await process.WaitForExitAsync(now);
        return (process.ExitCode, await output, await error);
    }
}
