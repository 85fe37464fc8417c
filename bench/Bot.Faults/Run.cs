using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bot.Server.Tests.Storage;

namespace Bot.Faults;

/// <param name="Replicas">How many servers.</param>
/// <param name="Conversations">How many people talk at once.</param>
/// <param name="MessagesEach">How much each says.</param>
/// <param name="DatabaseRestarts">How often the database is stopped at once and started again.</param>
internal sealed record Plan(int Replicas, int Conversations, int MessagesEach, int DatabaseRestarts);

internal sealed record Outcome(int Replicas, int Messages, int Lost, int Duplicated, int Reordered, int TurnsWithoutNumbers, int Kills, int DatabaseRestarts, double Seconds);

internal static class Run
{
    private const int Seed = 20261123;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);

    public static async Task<Outcome> PlanAsync(Plan plan, TextWriter log)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using var database = new PostgreSqlServer();
        await database.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("bot-faults-").FullName;
        using var replicas = new Replicas(plan.Replicas, new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = database.CreateDatabase(),
            ["Storage:KeyCertificateFile"] = CreateCertificate(folder),
            ["Storage:KeyCertificatePassword"] = "secret",
        });
        await Task.WhenAll(Enumerable.Range(0, plan.Replicas).Select(replicas.StartAsync));
        var people = Enumerable.Range(0, plan.Conversations).Select(i => new Person(replicas, Seed + i)).ToList();
        var talking = Task.WhenAll(people.Select(person => person.TalkAsync(plan.MessagesEach)));
        var (kills, restarts) = (0, 0);
        var random = new Random(Seed);
        while (!talking.IsCompleted)
        {
            await Task.WhenAny(talking, Task.Delay(BetweenKills));
            if (talking.IsCompleted)
            {
                break;
            }

            if (restarts < plan.DatabaseRestarts && kills > restarts * 3)
            {
                await log.WriteLineAsync("the database is stopped and started");
                database.Stop();
                await Task.Delay(Down);
                database.Start();
                restarts++;
                continue;
            }

            var replica = random.Next(plan.Replicas);
            await log.WriteLineAsync($"replica {replica} is killed");
            replicas.Kill(replica);
            kills++;
            await Task.Delay(Down);
            _ = replicas.StartAsync(replica);
        }

        await talking;
        var judged = await Task.WhenAll(people.Select(person => person.JudgeAsync()));
        people.ForEach(person => person.Dispose());
        Directory.Delete(folder, recursive: true);
        return new Outcome(plan.Replicas, plan.Conversations * plan.MessagesEach, judged.Sum(one => one.Lost), judged.Sum(one => one.Duplicated), judged.Sum(one => one.Reordered), judged.Sum(one => one.WithoutNumbers), kills, restarts, Math.Round(clock.Elapsed.TotalSeconds, 1));
    }

    private static string CreateCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=faq-bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var file = Path.Combine(folder, "keys.pfx");
        File.WriteAllBytes(file, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "secret"));
        return file;
    }
}
