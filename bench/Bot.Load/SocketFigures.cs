using System.Diagnostics;
using System.Text.Json;

namespace Bot.Load;

/// <summary>Conversations that are open and silent, each with its socket: what they cost in memory, and what a turn takes beside them.</summary>
internal static class SocketFigures
{
    private const int AtOnce = 32;
    private const int Turns = 200;

    public static async Task<int> PrintAsync(int most)
    {
        await using var server = await RunningServer.StartAsync();
        var clients = new List<Client>();
        async Task<double> TurnAsync()
        {
            using var asking = await Client.StartAsync(server.Address);
            await asking.AskManyAsync(ServerFigures.Questions(), 50);
            return ServerFigures.Percentile(await asking.AskManyAsync(ServerFigures.Questions(), Turns), 99);
        }

        var (before, beforeTurn) = (server.ResidentMegabytes, await TurnAsync());
        before = server.ResidentMegabytes;
        var clock = Stopwatch.StartNew();
        while (clients.Count < most)
        {
            clients.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, most - clients.Count)).Select(_ => Client.StartAsync(server.Address))));
        }

        var opened = clock.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(20));
        var after = server.ResidentMegabytes;
        var afterTurn = await TurnAsync();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            idleSockets = most,
            openedPerSecond = Math.Round(most / opened),
            residentMegabytes = new { before, after },
            kilobytesEach = Math.Round((after - before) * 1024.0 / most, 1),
            perGigabyte = after > before ? (int)(1024.0 * most / (after - before)) : 0,
            turnMillisecondsP99 = new { before = Math.Round(beforeTurn, 1), beside = Math.Round(afterTurn, 1) },
        }));
        clients.ForEach(client => client.Dispose());
        return 0;
    }
}
