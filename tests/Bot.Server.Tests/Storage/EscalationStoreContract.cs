using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests.Storage;

/// <summary>What every store of escalations promises, whatever it is kept in.</summary>
public abstract class EscalationStoreContract : StorageContract
{
    private const string Number = "+12125550123";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private int _made;

    [Fact]
    public async Task Add_TheSameMessageTwice_MakesOne()
    {
        var store = await OpenAsync();
        await store.AddAsync(New(requestKey: "r"), Now);
        await store.AddAsync(New(requestKey: "r"), Now);

        var kept = Assert.Single(await store.FindUnfinishedAsync(Now));
        Assert.Equal((Number, "Ana", "es", EscalationState.Open, "{}"), (kept.Request.Number, kept.Request.FirstName, kept.Language, kept.State, kept.Reference));
        Assert.Single(await store.ClaimDueAsync(10, Lease, Now));
    }

    [Fact]
    public async Task ClaimDue_HeldByAnotherReplica_IsNotClaimedUntilTheLeaseEnds()
    {
        var store = await OpenAsync();
        await store.AddAsync(New(), Now);
        var first = Assert.Single(await store.ClaimDueAsync(10, Lease, Now));

        Assert.Empty(await store.ClaimDueAsync(10, Lease, Now));
        await PassAsync(Lease);

        Assert.Equal(first.Notice.Id, Assert.Single(await store.ClaimDueAsync(10, Lease, Now)).Notice.Id);
        await store.CompleteAsync(first.Notice.Id, "receipt", Now);
        await PassAsync(Lease);
        Assert.Empty(await store.ClaimDueAsync(10, Lease, Now));
    }

    [Fact]
    public async Task Postponed_IsDueAgainAfterItsWait_WithOneMoreAttempt_AndWhatItsFailureNeeds()
    {
        var store = await OpenAsync();
        var added = New();
        await store.AddAsync(added, Now);
        var due = Assert.Single(await store.ClaimDueAsync(10, Lease, Now));
        var next = new Notice(Guid.NewGuid(), added.Escalation.Id, NoticeKind.Request, "second", TimeSpan.Zero);

        await store.PostponeAsync(due.Notice.Id, TimeSpan.FromMinutes(5), isFailing: true, [next, next], Now);

        Assert.Equal(next.Id, Assert.Single(await store.ClaimDueAsync(10, Lease, Now)).Notice.Id);
        await store.CompleteAsync(next.Id, null, Now);
        var backlog = await store.ReadBacklogAsync(Now);
        Assert.Equal((1, 1, 1), (backlog.Undelivered, backlog.Failing, backlog.Open));
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((due.Notice.Id, 1), Assert.Single(await store.ClaimDueAsync(10, Lease, Now)) is var again ? (again.Notice.Id, again.Notice.Attempts) : default);
        Assert.InRange((await store.ReadBacklogAsync(Now)).OldestUndelivered!.Value.TotalMinutes, 4.9, 6);
    }

    [Fact]
    public async Task ANoticeThatWaits_BecomesDueEarlier_ButNeverLater()
    {
        var store = await OpenAsync();
        var id = Guid.CreateVersion7();
        var waiting = new Notice(Guid.NewGuid(), id, NoticeKind.Request, "second", TimeSpan.FromMinutes(30));
        var added = New(id: id, notices: [waiting]);
        await store.AddAsync(added, Now);

        await store.ChangeAsync(id, EscalationState.Taken, "Ana", [waiting with { Wait = TimeSpan.FromHours(1) }], Now);
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await store.ClaimDueAsync(10, Lease, Now));
        await store.ChangeAsync(id, EscalationState.Closed, "Ana", [waiting with { Wait = TimeSpan.Zero }], Now);
        Assert.Single(await store.ClaimDueAsync(10, Lease, Now));
    }

    [Fact]
    public async Task Change_OfSeveralAtOnce_OneWins_AndTheOthersSeeWho()
    {
        var store = await OpenAsync();
        var added = New();
        await store.AddAsync(added, Now);

        var changes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => store.ChangeAsync(added.Escalation.Id, EscalationState.Taken, $"Staff {i}", [], Now), Now)));

        var winner = Assert.Single(changes, change => change!.IsChanged)!;
        Assert.All(changes, change => Assert.Equal(winner.Escalation.TakenBy, change!.Escalation.TakenBy));
        Assert.Equal(EscalationState.Taken, (await store.FindAsync(added.Escalation.Id, Now))!.State);
        Assert.Null(await store.ChangeAsync(Guid.NewGuid(), EscalationState.Taken, "x", [], Now));
    }

    [Theory]
    [InlineData(EscalationState.Taken, EscalationState.Reached, true)]
    [InlineData(EscalationState.Taken, EscalationState.NotReached, true)]
    [InlineData(EscalationState.Closed, EscalationState.Taken, false)]
    [InlineData(EscalationState.Cancelled, EscalationState.Taken, false)]
    [InlineData(EscalationState.Cancelled, EscalationState.Reached, false)]
    public async Task Change_OnlyFromTheStatesBefore(EscalationState first, EscalationState then, bool isAllowed)
    {
        var store = await OpenAsync();
        var added = New();
        await store.AddAsync(added, Now);
        await store.ChangeAsync(added.Escalation.Id, first, "Ana", [], Now);

        Assert.Equal(isAllowed, (await store.ChangeAsync(added.Escalation.Id, then, "Ben", [], Now))!.IsChanged);
        Assert.Equal(isAllowed ? then : first, (await store.FindAsync(added.Escalation.Id, Now))!.State);
    }

    [Fact]
    public async Task TheReceipt_ComesWithEveryLaterNoticeToThatTarget()
    {
        var store = await OpenAsync();
        var added = New();
        await store.AddAsync(added, Now);
        var request = Assert.Single(await store.ClaimDueAsync(10, Lease, Now));
        Assert.Null(request.Receipt);
        await store.CompleteAsync(request.Notice.Id, "card 7", Now);

        await store.ChangeAsync(
            added.Escalation.Id, EscalationState.Taken, "Ana", [new(Guid.NewGuid(), added.Escalation.Id, NoticeKind.Change, "first", TimeSpan.Zero), new(Guid.NewGuid(), added.Escalation.Id, NoticeKind.Change, "second", TimeSpan.Zero)], Now);

        var due = await store.ClaimDueAsync(10, Lease, Now);
        Assert.Equal("card 7", due.Single(one => one.Notice.Target == "first").Receipt);
        Assert.Null(due.Single(one => one.Notice.Target == "second").Receipt);
        Assert.All(due, one => Assert.Equal(EscalationState.Taken, one.Escalation.State));
    }

    [Fact]
    public async Task CountOfNumber_CountsTheNumberAlone_AndOnlyLately()
    {
        var store = await OpenAsync();
        await store.AddAsync(New(), Now);
        await store.AddAsync(New(), Now);
        await store.AddAsync(New(number: "+12125550188"), Now);

        Assert.Equal(2, await store.CountOfNumberAsync(Number, TimeSpan.FromHours(24), Now));
        await PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(0, await store.CountOfNumberAsync(Number, TimeSpan.FromHours(24), Now));
    }

    [Fact]
    public async Task Erase_LeavesNothingOfThePerson_AndTheChangesToTellStaff()
    {
        var store = await OpenAsync();
        var added = New(conversationKey: "hers");
        await store.AddAsync(added, Now);
        await store.AddAsync(New(conversationKey: "another's"), Now);
        await store.ChangeAsync(added.Escalation.Id, EscalationState.Cancelled, null, [new(Guid.NewGuid(), added.Escalation.Id, NoticeKind.Change, "first", TimeSpan.Zero)], Now);

        await store.EraseOfConversationAsync("hers", Now);

        Assert.Empty(await store.FindOfConversationAsync("hers", Now));
        Assert.Single(await store.FindOfConversationAsync("another's", Now));
        var left = (await store.FindAsync(added.Escalation.Id, Now))!;
        Assert.True(left.IsErased);
        Assert.Equal((string.Empty, null, string.Empty), (left.Request.Number, left.Request.FirstName, left.Reference));
        Assert.Equal(1, await store.CountOfNumberAsync(Number, TimeSpan.FromHours(24), Now));
        Assert.Contains(await store.ClaimDueAsync(10, Lease, Now), due => due.Notice.Kind == NoticeKind.Change);
    }

    [Fact]
    public async Task Forget_DeletesWhatIsOver_AndSaysHowManyWereNeverEnded()
    {
        var store = await OpenAsync();
        var (over, open) = (New(), New());
        await store.AddAsync(over, Now);
        await store.AddAsync(open, Now);
        await store.ChangeAsync(over.Escalation.Id, EscalationState.Closed, "Ana", [], Now);
        await PassAsync(TimeSpan.FromDays(6));
        Assert.Equal(0, await store.ForgetAsync(TimeSpan.FromDays(7), TimeSpan.FromDays(30), Now));
        Assert.NotNull(await store.FindAsync(over.Escalation.Id, Now));

        await PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await store.ForgetAsync(TimeSpan.FromDays(7), TimeSpan.FromDays(30), Now));
        Assert.Null(await store.FindAsync(over.Escalation.Id, Now));
        Assert.NotNull(await store.FindAsync(open.Escalation.Id, Now));

        await PassAsync(TimeSpan.FromDays(23));
        Assert.Equal(1, await store.ForgetAsync(TimeSpan.FromDays(7), TimeSpan.FromDays(30), Now));
        Assert.Empty(await store.ClaimDueAsync(10, Lease, Now));
    }

    protected abstract Task<IEscalationStore> OpenAsync();

    /// <summary>Lets so much time pass on the clock that the store goes by.</summary>
    protected virtual Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    protected NewEscalation New(string? requestKey = null, string? conversationKey = null, string number = Number, Guid? id = null, IReadOnlyList<Notice>? notices = null)
    {
        var number1 = ++_made;
        var escalation = new Escalation
        {
            Id = id ?? Guid.CreateVersion7(),
            RequestKey = requestKey ?? $"r{number1}",
            ConversationKey = conversationKey ?? $"c{number1}",
            Language = "es",
            Request = new CallbackRequest(number, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), "Ana"),
            Reference = "{}",
            CreatedAt = Clock.GetUtcNow(),
            ChangedAt = Clock.GetUtcNow(),
        };
        return new NewEscalation(escalation, notices ?? [new Notice(Guid.NewGuid(), escalation.Id, NoticeKind.Request, "first", TimeSpan.Zero)]);
    }
}

public sealed class MemoryEscalationStoreTests : EscalationStoreContract
{
    protected override Task<IEscalationStore> OpenAsync() => Task.FromResult<IEscalationStore>(new MemoryEscalationStore(Clock));
}

/// <summary>What a store on disk promises beyond that.</summary>
public abstract class DurableEscalationContract : EscalationStoreContract
{
    [Fact]
    public async Task WrittenWithATurn_ItIsThereWithTheReply_OrNotAtAll()
    {
        var services = await StartAsync(Settings());
        var (log, store) = (services.GetRequiredService<IConversationLog>(), services.GetRequiredService<IEscalationStore>());
        Assert.True(store.IsWrittenWithTurns);
        await log.CreateAsync("c", Now);
        await log.AppendAsync("c", null, true, _ => "call me", Now);
        var taken = (await log.TakeAsync("c", Now)).Entry!;
        Assert.Equal(0, await store.CountOfNumberAsync("+12125550123", TimeSpan.FromHours(1), Now));

        var broken = new TurnUnit();
        broken.Replies.Add(_ => throw new InvalidOperationException("as a process that dies"));
        broken.Also.Add(New());
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.CompleteAsync("c", taken, broken, Now));
        Assert.Empty(await store.FindUnfinishedAsync(Now));

        var whole = new TurnUnit();
        whole.Replies.Add(_ => "noted");
        whole.Also.Add(New());
        Assert.True(await log.CompleteAsync("c", taken, whole, Now));
        Assert.Single(await store.FindUnfinishedAsync(Now));
        Assert.Equal(["call me", "noted"], (await log.ReadAfterAsync("c", 0, Now))!.Select(entry => entry.ActivityJson));
    }

    [Fact]
    public async Task NumberAndName_OutliveTheProcess_AndAreEncrypted()
    {
        var settings = Settings();
        var added = New();
        var store = (await StartAsync(settings)).GetRequiredService<IEscalationStore>();
        await store.AddAsync(added, Now);
        await store.CompleteAsync(added.Notices[0].Id, "hidden receipt", Now);

        var after = (await StartAsync(settings)).GetRequiredService<IEscalationStore>();

        Assert.Equal("+12125550123", (await after.FindAsync(added.Escalation.Id, Now))!.Request.Number);
        Assert.Equal(1, await after.CountOfNumberAsync("+12125550123", TimeSpan.FromHours(1), Now));
        foreach (var text in await DumpAsync())
        {
            Assert.DoesNotContain("2125550123", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ana", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        }
    }

    protected abstract Dictionary<string, string?> Settings();

    protected abstract Task<IReadOnlyList<string>> DumpAsync();

    protected abstract Task ExecuteAsync(string sql);

    /// <summary>The clock is the database's own: everything in it is made older instead.</summary>
    protected override Task PassAsync(TimeSpan time)
    {
        var passed = (long)time.TotalMilliseconds;
        return ExecuteAsync($"UPDATE notices SET due_at = due_at - {passed}, first_due_at = first_due_at - {passed}, lease_until = lease_until - {passed}; UPDATE escalations SET created_at = created_at - {passed}, changed_at = changed_at - {passed}");
    }

    protected override async Task<IEscalationStore> OpenAsync() => (await StartAsync(Settings())).GetRequiredService<IEscalationStore>();
}

public sealed class SqliteEscalationStoreTests : DurableEscalationContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-sqlite-").FullName;

    protected override Dictionary<string, string?> Settings() => new() { ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}" };

    protected override Task<IReadOnlyList<string>> DumpAsync() => Task.FromResult(ReadAll(_folder));

    protected override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(Settings()["Storage:ConnectionString"]);
        await connection.OpenAsync(Now);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Now);
    }
}

public sealed class PostgreSqlEscalationStoreTests(PostgreSqlFixture server) : DurableEscalationContract, IClassFixture<PostgreSqlFixture>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-postgres-keys-").FullName;
    private Dictionary<string, string?>? _settings;

    [Fact]
    public async Task TwoReplicasAtOnce_ClaimEachNoticeOnce()
    {
        var one = (await StartAsync(Settings())).GetRequiredService<IEscalationStore>();
        var two = (await StartAsync(Settings())).GetRequiredService<IEscalationStore>();
        for (var i = 0; i < 40; i++)
        {
            await one.AddAsync(New(), Now);
        }

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).ClaimDueAsync(5, TimeSpan.FromMinutes(1), Now), Now)))).SelectMany(due => due).Select(due => due.Notice.Id).ToList();

        Assert.Equal(40, claimed.Count);
        Assert.Equal(40, claimed.Distinct().Count());
    }

    protected override Dictionary<string, string?> Settings() => _settings ??= new()
    {
        ["Storage:ConnectionString"] = server.CreateDatabase(),
        ["Storage:KeyCertificateFile"] = StorageCertificate.Create(_folder),
        ["Storage:KeyCertificatePassword"] = "secret",
    };

    protected override async Task<IReadOnlyList<string>> DumpAsync() => [await PostgreSqlServer.DumpAsync(Settings()["Storage:ConnectionString"]!)];

    protected override Task ExecuteAsync(string sql) => PostgreSqlServer.ExecuteAsync(Settings()["Storage:ConnectionString"]!, sql);
}
