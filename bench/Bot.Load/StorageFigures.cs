using System.Diagnostics;
using System.Text.Json;
using Bot.Server.Tests.Storage;

namespace Bot.Load;

/// <summary>Turns per second by where conversations are kept, and by how many servers share them: every client speaks to one server and listens at the next.</summary>
internal static class StorageFigures
{
    private const int Conversations = 16;
    private const int TurnsEach = 150;

    public static async Task<int> PrintAsync()
    {
        await PrintAsync("memory", ["--Storage:ConnectionString=memory"], 1);
        await PrintAsync("SQLite", [], 1);
        await using var database = new PostgreSqlServer();
        await database.InitializeAsync();
        var folder = Directory.CreateTempSubdirectory("bot-load-").FullName;
        foreach (var servers in new[] { 1, 2, 4 })
        {
            await PrintAsync("PostgreSQL", [$"--Storage:ConnectionString={database.CreateDatabase()}", $"--Storage:KeyCertificateFile={StorageCertificate.Create(folder)}", "--Storage:KeyCertificatePassword=secret"], servers);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task PrintAsync(string storage, string[] settings, int count)
    {
        var questions = ServerFigures.Questions();
        var servers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunningServer.StartAsync(settings)));
        var clients = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(i => Client.StartAsync(servers[i % count].Address, servers[(i + 1) % count].Address)));
        await Task.WhenAll(clients.Select(client => client.AskManyAsync(questions, 30)));
        var clock = Stopwatch.StartNew();
        var times = (await Task.WhenAll(clients.Select(client => client.AskManyAsync(questions, TurnsEach)))).SelectMany(time => time).ToList();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            storage,
            servers = count,
            turnsPerSecond = Math.Round(Conversations * TurnsEach / clock.Elapsed.TotalSeconds),
            p50Milliseconds = Math.Round(ServerFigures.Percentile(times, 50), 1),
            p99Milliseconds = Math.Round(ServerFigures.Percentile(times, 99), 1),
        }));
        Array.ForEach(clients, client => client.Dispose());
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
