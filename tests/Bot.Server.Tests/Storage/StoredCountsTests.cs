using System.Diagnostics.Metrics;
using Bot.Core.Turns;
using Bot.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bot.Server.Tests.Storage;

/// <summary>Counts on disk: several servers add up, days become years, and nothing is counted twice.</summary>
public abstract class StoredCountsContract : StorageContract
{
    [Fact]
    public async Task TwoServers_AddUp_AndAFlushWritesOnce()
    {
        var (one, two) = (await StartAsync(Settings()), await StartAsync(Settings()));
        Vote(one, "what-is-heroin", true);
        Vote(two, "what-is-heroin", true);
        Vote(two, "what-is-heroin", false);
        foreach (var server in new[] { one, two, one })
        {
            await CountsOf(server).FlushAsync(Now);
        }

        var counts = await ReadAsync(one, 0);

        Assert.Equal([("what-is-heroin helpful", 2), ("what-is-heroin unhelpful", 1)], counts.Select(count => (count.Item, (int)count.Amount)));
    }

    [Fact]
    public async Task DaysOfLongAgo_BecomeTheirYear()
    {
        var server = await StartAsync(Settings());
        var year = Clock.GetUtcNow().Year;
        Vote(server, "tolerance", true);
        Clock.Advance(TimeSpan.FromDays(StoredCounts.DaysKept + 1));
        Vote(server, "tolerance", true);
        await CountsOf(server).FlushAsync(Now);
        var other = CountsOf(await StartAsync(Settings()));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? CountsOf(server) : other).RollUpAsync(Now), Now)));

        Assert.Equal(1, Assert.Single(await ReadAsync(server, 500)).Amount);
        var all = await StoredCounts.ReadAsync(server.GetRequiredService<Database>(), new DateOnly(year - 1, 12, 31), DateOnly.MaxValue, Now);
        Assert.Equal(2, Assert.Single(all).Amount);
    }

    protected abstract Dictionary<string, string?> Settings();

    private static void Vote(IServiceProvider server, string answer, bool isHelpful) => new TurnMeter(server.GetRequiredService<IMeterFactory>()).CountVote(answer, isHelpful);

    private static StoredCounts CountsOf(IServiceProvider server) => server.GetServices<IHostedService>().OfType<StoredCounts>().Single();

    /// <summary>What was counted in so many days until now.</summary>
    private Task<IReadOnlyList<Count>> ReadAsync(IServiceProvider server, int days)
    {
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        return StoredCounts.ReadAsync(server.GetRequiredService<Database>(), today.AddDays(-days), today, Now);
    }
}

public sealed class SqliteStoredCountsTests : StoredCountsContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-counts-").FullName;

    protected override Dictionary<string, string?> Settings() => new() { ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "bot.db")}" };
}

public sealed class PostgreSqlStoredCountsTests(PostgreSqlFixture server) : StoredCountsContract, IClassFixture<PostgreSqlFixture>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-postgres-keys-").FullName;
    private Dictionary<string, string?>? _settings;

    protected override Dictionary<string, string?> Settings() => _settings ??= new()
    {
        ["Storage:ConnectionString"] = server.CreateDatabase(),
        ["Storage:KeyCertificateFile"] = StorageCertificate.Create(_folder),
        ["Storage:KeyCertificatePassword"] = "secret",
    };
}
