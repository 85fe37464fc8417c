using Bot.Server.Tests.Storage;

namespace Bot.Faults;

/// <param name="Replicas">How many servers.</param>
/// <param name="Conversations">How many people talk at once.</param>
/// <param name="MessagesEach">How much each says.</param>
/// <param name="Callbacks">How many people ask to be called.</param>
/// <param name="CallbacksAtOnce">How many of them at once.</param>
/// <param name="DatabaseRestarts">How often the database is stopped at once and started again; none with SQLite, which is a file.</param>
/// <param name="IsSqlite">One server on a SQLite file instead.</param>
internal sealed record Plan(int Replicas, int Conversations, int MessagesEach, int Callbacks, int CallbacksAtOnce, int DatabaseRestarts, bool IsSqlite = false);

internal sealed record Outcome(
    string Database, int Replicas, int Messages, int Lost, int Duplicated, int Reordered, int TurnsWithoutNumbers, int Escalations, int EscalationsLost, int TakenTwice,
    int Kills, int DatabaseRestarts, int ClockJumps, int WebhookFaults, int WebhooksRepeated, double Seconds);

internal static class Run
{
    private const int Seed = 20261123;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);

    public static async Task<Outcome> PlanAsync(Plan plan, TextWriter log)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using var database = plan.IsSqlite ? null : new PostgreSqlServer();
        if (database is not null)
        {
            await database.InitializeAsync();
        }

        await using var staff = await Staff.StartAsync(Seed);
        var folder = Directory.CreateTempSubdirectory("bot-faults-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = database?.CreateDatabase() ?? $"Data Source={Path.Combine(folder, "bot.db")}",
            ["DirectLine:SigningKeyFile"] = Path.Combine(folder, "direct-line.key"),
            ["Escalations:Desk"] = "The test desk",
            ["Escalations:Targets:0:Name"] = "staff",
            ["Escalations:Targets:0:Kind"] = "Webhook",
            ["Escalations:Targets:0:Url"] = staff.Url,
            ["Escalations:Targets:0:Secret"] = Staff.Secret,
            ["Escalations:AlertAfterAttempts"] = "100",
        };
        if (!plan.IsSqlite)
        {
            settings["Storage:KeyCertificateFile"] = StorageCertificate.Create(folder);
            settings["Storage:KeyCertificatePassword"] = "secret";
        }

        using var replicas = new Replicas(plan.Replicas, settings);
        staff.Meet(replicas);
        await Task.WhenAll(Enumerable.Range(0, plan.Replicas).Select(replicas.StartAsync));
        var people = Enumerable.Range(0, plan.Conversations).Select(i => new Person(replicas, Seed + i)).ToList();
        var callers = Enumerable.Range(0, plan.Callbacks).Select(i => (Person: new Person(replicas, Seed + plan.Conversations + i), Number: NumberOf(i))).ToList();
        var talking = Task.WhenAll([
            .. people.Select(person => person.TalkAsync(plan.MessagesEach)),
            Parallel.ForEachAsync(callers, new ParallelOptions { MaxDegreeOfParallelism = plan.CallbacksAtOnce }, async (caller, _) => await caller.Person.AskForACallAsync(caller.Number)),
        ]);
        var (kills, restarts, jumps) = (0, 0, 0);
        var random = new Random(Seed);
        while (!talking.IsCompleted)
        {
            await Task.WhenAny(talking, Task.Delay(BetweenKills));
            if (talking.IsCompleted)
            {
                break;
            }

            var replica = random.Next(plan.Replicas);
            if (database is not null && restarts < plan.DatabaseRestarts && kills > restarts * 3)
            {
                await log.WriteLineAsync("the database is stopped and started");
                database.Stop();
                await Task.Delay(Down);
                database.Start();
                restarts++;
                continue;
            }

            if (kills > jumps * 2)
            {
                var offset = TimeSpan.FromMinutes(random.Next(-6, 7));
                await log.WriteLineAsync($"replica {replica}'s clock jumps to {offset.TotalMinutes:+0;-0;0} minutes");
                replicas.Jump(replica, offset);
                jumps++;
                continue;
            }

            await log.WriteLineAsync($"replica {replica} is killed");
            replicas.Kill(replica);
            kills++;
            await Task.Delay(Down);
            _ = replicas.StartAsync(replica);
        }

        await talking;
        for (var i = 0; i < plan.Replicas; i++)
        {
            replicas.Jump(i, TimeSpan.Zero);
        }

        var everybody = people.Concat(callers.Select(caller => caller.Person)).ToList();
        var judged = new List<(int Lost, int Duplicated, int Reordered, int WithoutNumbers)>();
        foreach (var person in everybody)
        {
            judged.Add(await person.JudgeAsync());
        }

        var lost = await staff.CountLostAsync([.. callers.Select(caller => caller.Number)]);
        everybody.ForEach(person => person.Dispose());
        var outcome = new Outcome(
            plan.IsSqlite ? "SQLite" : "PostgreSQL", plan.Replicas, everybody.Sum(person => person.Messages), judged.Sum(one => one.Lost), judged.Sum(one => one.Duplicated), judged.Sum(one => one.Reordered), judged.Sum(one => one.WithoutNumbers),
            plan.Callbacks, lost, staff.TakenTwice, kills, restarts, jumps, staff.Faults, staff.Repeated, Math.Round(clock.Elapsed.TotalSeconds, 1));
        replicas.Dispose();
        Directory.Delete(folder, recursive: true);
        return outcome;
    }

    /// <summary>Numbers kept for made-up people: 555-0100 to 555-0199 of each area.</summary>
    private static string NumberOf(int i)
    {
        int[] areas = [212, 213, 214, 305, 312, 313, 404, 415, 503, 602, 617, 702];
        const int OfAnArea = 100;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+1{areas[i / OfAnArea]}555{100 + (i % OfAnArea):0000}");
    }
}
