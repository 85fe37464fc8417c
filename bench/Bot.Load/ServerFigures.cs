using System.Diagnostics;
using System.Text.Json;
using Bot.Core.Matching;

namespace Bot.Load;

/// <summary>The server as a process of its own, asked over Direct Line as the widget asks it.</summary>
internal static class ServerFigures
{
    private const int Starts = 5;
    private const int Conversations = 16;
    private const int TurnsEach = 250;

    public static async Task<int> PrintAsync()
    {
        var starts = new List<double>();
        for (var i = 0; i < Starts - 1; i++)
        {
            await using var cold = await RunningServer.StartAsync();
            starts.Add(cold.StartToFirstAnswer.TotalMilliseconds);
        }

        await using var server = await RunningServer.StartAsync();
        starts.Add(server.StartToFirstAnswer.TotalMilliseconds);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var atRest = server.ResidentMegabytes;

        var (turns, turnTimes) = await TurnsPerSecondAsync(server);
        var (pages, _) = await PagesPerSecondAsync(server);
        var (screen, match) = InProcess();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            startToFirstAnswerMilliseconds = new { median = Math.Round(Percentile(starts, 50)), slowest = Math.Round(starts.Max()) },
            residentMegabytes = new { atRest, afterLoad = server.ResidentMegabytes },
            turnsPerSecond = Math.Round(turns),
            turnMilliseconds = new { p50 = Math.Round(Percentile(turnTimes, 50), 2), p99 = Math.Round(Percentile(turnTimes, 99), 2) },
            staticFilesPerSecond = Math.Round(pages),
            turnsToStaticFiles = Math.Round(turns / pages, 2),
            crisisScreenMicroseconds = new { p50 = Math.Round(Percentile(screen, 50), 1), p99 = Math.Round(Percentile(screen, 99), 1) },
            matchMicroseconds = new { p50 = Math.Round(Percentile(match, 50), 1), p99 = Math.Round(Percentile(match, 99), 1) },
        }));
        return 0;
    }

    internal static string[] Questions() =>
        [.. File.ReadAllLines(Path.Combine(RealContent.Root, "tests", "phrasings", "questions.tsv")).Skip(1).Select(line => line.Split('\t')[1])];

    private static async Task<(double PerSecond, List<double> Milliseconds)> TurnsPerSecondAsync(RunningServer server)
    {
        var questions = Questions();
        var clients = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => Client.StartAsync(server.Address)));
        await Task.WhenAll(clients.Select(client => client.AskManyAsync(questions, 50)));
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(clients.Select(client => client.AskManyAsync(questions, TurnsEach)));
        var perSecond = Conversations * TurnsEach / clock.Elapsed.TotalSeconds;
        foreach (var client in clients)
        {
            client.Dispose();
        }

        return (perSecond, [.. times.SelectMany(time => time)]);
    }

    /// <summary>The same server, the same machine, the same run, for a measure that travels: a small static file.</summary>
    private static async Task<(double PerSecond, int Count)> PagesPerSecondAsync(RunningServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        async Task GetAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await http.GetByteArrayAsync(new Uri("icon.svg", UriKind.Relative));
            }
        }

        await GetAsync(200);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => GetAsync(TurnsEach)));
        return (Conversations * TurnsEach / clock.Elapsed.TotalSeconds, Conversations * TurnsEach);
    }

    private static (List<double> Screen, List<double> Match) InProcess()
    {
        var content = RealContent.Load();
        var matcher = new HybridMatcher();
        var screen = new List<double>();
        var match = new List<double>();
        for (var round = 0; round < 60; round++)
        {
            foreach (var question in Questions())
            {
                var start = Stopwatch.GetTimestamp();
                content.CrisisScreen.Screen(question);
                var middle = Stopwatch.GetTimestamp();
                matcher.FindMatches(content.KnowledgeBase, question, null);
                if (round >= 20)
                {
                    screen.Add(Stopwatch.GetElapsedTime(start, middle).TotalMicroseconds);
                    match.Add(Stopwatch.GetElapsedTime(middle).TotalMicroseconds);
                }
            }
        }

        return (screen, match);
    }

    internal static double Percentile(List<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
