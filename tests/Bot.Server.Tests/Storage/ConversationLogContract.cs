using Bot.Core.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests.Storage;

/// <summary>What every conversation log promises, whatever it is kept in.</summary>
public abstract class ConversationLogContract : StorageContract
{
    protected static readonly TimeSpan Kept = TimeSpan.FromMinutes(60);

    [Fact]
    public async Task Append_TwoActivities_AreReadInOrderAfterAPosition()
    {
        var log = await OpenAsync();
        Assert.True(await log.CreateAsync("c", Now));
        Assert.False(await log.CreateAsync("c", Now));
        await log.AppendAsync("c", null, false, position => $"a{position}", Now);
        await log.AppendAsync("c", null, false, position => $"ü {position}", Now);

        Assert.Equal(["a1", "ü 2"], (await log.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
        Assert.Equal(["ü 2"], (await log.ReadAfterAsync("c", 1, Now))!.Select(entry => entry.ActivityJson));
        Assert.Empty((await log.ReadAfterAsync("c", 99, Now))!);
        Assert.Null(await log.ReadAfterAsync("other", 0, Now));
    }

    [Fact]
    public async Task Append_AClientIdSeenTwice_AddsNothing()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);
        await log.CreateAsync("d", Now);

        Assert.Equal(new LogAppend(1, true), await log.AppendAsync("c", "x", false, _ => "first", Now));
        Assert.Equal(new LogAppend(1, false), await log.AppendAsync("c", "x", false, _ => "second", Now));
        Assert.Equal(new LogAppend(1, true), await log.AppendAsync("d", "x", false, _ => "of another conversation", Now));
        Assert.Equal(new LogAppend(2, true), await log.AppendAsync("c", "y", false, _ => "third", Now));
        Assert.Equal(["first", "third"], (await log.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
    }

    [Fact]
    public async Task Take_GivesWhatWaits_OldestFirst_AndCompleteAddsTheRepliesAtOnce()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);
        await log.AppendAsync("c", null, true, _ => "q1", Now);
        await log.AppendAsync("c", null, true, _ => "q2", Now);
        await log.AppendAsync("c", null, false, _ => "not asked", Now);

        var first = (await log.TakeAsync("c", Now)).Entry!;
        Assert.Equal(new LogEntry(1, "q1"), first);
        Assert.True(await log.CompleteAsync("c", first, Unit("a1", "a2"), Now));
        Assert.False(await log.CompleteAsync("c", first, Unit("again"), Now));
        var second = (await log.TakeAsync("c", Now)).Entry!;
        Assert.True(await log.CompleteAsync("c", second, Unit(), Now));

        Assert.Null((await log.TakeAsync("c", Now)).Entry);
        Assert.Equal(["q1", "q2", "not asked", "a1@4", "a2@5"], (await log.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
    }

    [Fact]
    public async Task AConversation_AfterItsTime_IsGoneAndItsIdIsGivenOnce()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);
        Clock.Advance(Kept);
        Assert.True(await log.ExistsAsync("c", Now));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await log.ReadAfterAsync("c", 0, Now));
        Assert.Null(await log.AppendAsync("c", null, false, _ => "late", Now));
        Assert.Contains("c", await log.ForgetAsync(Now));
        Assert.Empty(await log.ForgetAsync(Now));
    }

    [Fact]
    public async Task Delete_ForgetsAtOnce()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);
        await log.AppendAsync("c", null, true, _ => "q", Now);

        Assert.True(await log.DeleteAsync("c", Now));

        Assert.False(await log.DeleteAsync("c", Now));
        Assert.Null(await log.ReadAfterAsync("c", 0, Now));
        Assert.Null((await log.TakeAsync("c", Now)).Entry);
        Assert.Empty(await log.FindWaitingAsync(Now));
    }

    [Fact]
    public async Task Wait_EndsWhenSomethingComes_WhenItIsGone_AndWhenTheTimeIsUp()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);
        var waiting = log.WaitAsync("c", 0, TimeSpan.FromSeconds(30), Now);
        await Task.Delay(100, Now);
        Assert.False(waiting.IsCompleted);
        await log.AppendAsync("c", null, false, _ => "a", Now);
        await waiting.WaitAsync(TimeSpan.FromSeconds(5), Now);

        var idle = log.WaitAsync("c", 1, TimeSpan.FromSeconds(10), Now);
        for (var i = 0; i < 50 && !idle.IsCompleted; i++)
        {
            await Task.Delay(20, Now);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await idle.WaitAsync(TimeSpan.FromSeconds(5), Now);
        var gone = log.WaitAsync("c", 1, TimeSpan.FromSeconds(30), Now);
        await Task.Delay(50, Now);
        await log.DeleteAsync("c", Now);
        await gone.WaitAsync(TimeSpan.FromSeconds(5), Now);
    }

    [Fact]
    public async Task ManyAtOnce_GetPositionsWithoutGaps()
    {
        var log = await OpenAsync();
        await log.CreateAsync("c", Now);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => log.AppendAsync("c", $"id{i % 12}", false, position => $"{position}", Now), Now)));

        Assert.Equal(Enumerable.Range(1, 12).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), (await log.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
    }

    protected abstract Task<IConversationLog> OpenAsync();

    protected static TurnUnit Unit(params string[] replies)
    {
        var unit = new TurnUnit();
        foreach (var reply in replies)
        {
            unit.Replies.Add(position => $"{reply}@{position}");
        }

        return unit;
    }
}

public sealed class MemoryConversationLogTests : ConversationLogContract
{
    [Fact]
    public async Task Create_BeyondTheMost_ForgetsTheOldest()
    {
        var log = await OpenAsync();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await log.CreateAsync(id, Now);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(await log.ExistsAsync("a", Now));
        Assert.True(await log.ExistsAsync("d", Now));
    }

    protected override Task<IConversationLog> OpenAsync() => Task.FromResult<IConversationLog>(new MemoryConversationLog(Clock, Kept, mostConversations: 3));
}

/// <summary>What a log on disk promises beyond that: it outlives the process, and processes share it.</summary>
public abstract class DurableLogContract : ConversationLogContract
{
    [Fact]
    public async Task WhatIsWritten_OutlivesTheProcess_AndIsEncrypted()
    {
        var settings = Settings();
        var before = await StartAsync(settings);
        var log = before.GetRequiredService<IConversationLog>();
        await log.CreateAsync("c", Now);
        await log.AppendAsync("c", "x", true, _ => "my hidden question", Now);
        var taken = (await log.TakeAsync("c", Now)).Entry!;
        var unit = Unit("the answer");
        unit.States["directline/conversations/c"] = "{\"remembered\":\"hidden too\"}";
        await log.CompleteAsync("c", taken, unit, Now);

        var after = await StartAsync(settings);

        Assert.Equal(["my hidden question", "the answer@2"], (await after.GetRequiredService<IConversationLog>().ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
        var state = await after.GetRequiredService<IStateStore>().ReadAsync(["directline/conversations/c", "none"], Now);
        Assert.Equal("{\"remembered\":\"hidden too\"}", state["directline/conversations/c"]);
        Assert.Single(state);
        Assert.Equal(new LogAppend(1, false), await after.GetRequiredService<IConversationLog>().AppendAsync("c", "x", true, _ => "again", Now));
        foreach (var text in await DumpAsync())
        {
            Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AState_IsForgottenAfterItsTime_AndWhenItIsDeleted()
    {
        var services = await StartAsync(Settings());
        var store = services.GetRequiredService<IStateStore>();
        await store.WriteAsync(new Dictionary<string, string?> { ["teams/conversations/c"] = "1", ["teams/users/u"] = "2", ["teams/conversations/d"] = "3" }, Now);
        await store.WriteAsync(new Dictionary<string, string?> { ["teams/conversations/d"] = null }, Now);
        Assert.Equal(2, (await store.ReadAsync(["teams/conversations/c", "teams/users/u", "teams/conversations/d"], Now)).Count);

        Clock.Advance(Kept + TimeSpan.FromMinutes(1));
        await services.GetRequiredService<IConversationLog>().ForgetAsync(Now);

        Assert.Equal(["teams/users/u"], (await store.ReadAsync(["teams/conversations/c", "teams/users/u"], Now)).Keys);
    }

    protected abstract Dictionary<string, string?> Settings();

    /// <summary>Everything that lies on the disk, as text.</summary>
    protected abstract Task<IReadOnlyList<string>> DumpAsync();

    protected override async Task<IConversationLog> OpenAsync() => (await StartAsync(Settings())).GetRequiredService<IConversationLog>();
}

public sealed class SqliteConversationLogTests : DurableLogContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-sqlite-").FullName;

    protected override Dictionary<string, string?> Settings() => new() { ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}" };

    protected override Task<IReadOnlyList<string>> DumpAsync() => Task.FromResult(ReadAll(_folder));
}

public sealed class PostgreSqlConversationLogTests(PostgreSqlFixture server) : DurableLogContract, IClassFixture<PostgreSqlFixture>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-postgres-keys-").FullName;
    private Dictionary<string, string?>? _settings;

    [Fact]
    public async Task TwoProcesses_TakeEachTurnOnce_AndOneTakesOverFromADeadOne()
    {
        var one = (await StartAsync(Settings())).GetRequiredService<IConversationLog>();
        var two = (await StartAsync(Settings())).GetRequiredService<IConversationLog>();
        await one.CreateAsync("c", Now);
        await two.AppendAsync("c", null, true, _ => "q1", Now);
        await one.AppendAsync("c", null, true, _ => "q2", Now);

        var mine = await one.TakeAsync("c", Now);
        Assert.Equal("q1", mine.Entry!.ActivityJson);
        Assert.Equal(new LogTake(null, true), await two.TakeAsync("c", Now));
        Assert.Empty(await two.FindWaitingAsync(Now));
        await PostgreSqlServer.ExecuteAsync(Settings()["Storage:ConnectionString"]!, "UPDATE conversations SET lease_until = 1");

        Assert.Equal(["c"], await two.FindWaitingAsync(Now));
        var taken = await two.TakeAsync("c", Now);
        Assert.Equal(("q1", 1), (taken.Entry!.ActivityJson, taken.Attempts));
        Assert.True(await two.CompleteAsync("c", taken.Entry, Unit("by two"), Now));
        Assert.False(await one.CompleteAsync("c", mine.Entry, Unit("by one, too late"), Now));
        Assert.Equal(["q1", "q2", "by two@3"], (await one.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
    }

    [Fact]
    public async Task WhoeverWaitsInOneProcess_IsWokenByAnother_AtOnce()
    {
        var one = (await StartAsync(Settings())).GetRequiredService<IConversationLog>();
        var two = (await StartAsync(Settings())).GetRequiredService<IConversationLog>();
        await one.CreateAsync("c", Now);
        var waiting = one.WaitAsync("c", 0, TimeSpan.FromSeconds(60), Now);
        await Task.Delay(300, Now);

        await two.AppendAsync("c", null, false, _ => "a", Now);

        await waiting.WaitAsync(TimeSpan.FromSeconds(3), Now);
    }

    protected override Dictionary<string, string?> Settings() => _settings ??= new()
    {
        ["Storage:ConnectionString"] = server.CreateDatabase(),
        ["Storage:KeyCertificateFile"] = StorageCertificate.Create(_folder),
        ["Storage:KeyCertificatePassword"] = "secret",
    };

    protected override async Task<IReadOnlyList<string>> DumpAsync() => [await PostgreSqlServer.DumpAsync(Settings()["Storage:ConnectionString"]!)];
}
