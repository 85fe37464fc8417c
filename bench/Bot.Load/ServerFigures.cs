using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
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

    private static string[] Questions() =>
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

    private static double Percentile(List<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    private sealed class RunningServer : IAsyncDisposable
    {
        private readonly Process _process;

        private RunningServer(Process process, Uri address, TimeSpan startToFirstAnswer)
        {
            _process = process;
            Address = address;
            StartToFirstAnswer = startToFirstAnswer;
        }

        public Uri Address { get; }

        public TimeSpan StartToFirstAnswer { get; }

        public long ResidentMegabytes
        {
            get
            {
                _process.Refresh();
                return _process.WorkingSet64 / (1024 * 1024);
            }
        }

        public static async Task<RunningServer> StartAsync()
        {
            const string Opening = "Open ";
            var clock = Stopwatch.StartNew();
            var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), "--urls=http://127.0.0.1:0", "--DirectLine:PostsPerMinute=1000000", "--DirectLine:TokensPerMinute=1000000", "--Logging:LogLevel:Default=Warning"])
            {
                WorkingDirectory = RealContent.Root,
                RedirectStandardOutput = true,
            })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.StartsWith(Opening, StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync();
                    var address = new Uri(line.Split(' ')[1]);
                    using var client = await Client.StartAsync(address);
                    await client.AskAsync("is heroin an upper or a downer");
                    return new RunningServer(process, address, clock.Elapsed);
                }
            }

            throw new InvalidOperationException("The server did not start.");
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    /// <summary>One conversation: posts over HTTP, hears over the socket.</summary>
    private sealed class Client : IDisposable
    {
        private readonly HttpClient _http;
        private readonly ClientWebSocket _socket = new();
        private readonly byte[] _buffer = new byte[64 * 1024];
        private string _conversation = string.Empty;

        private Client(Uri address)
        {
            _http = new HttpClient { BaseAddress = new Uri(address, "/v3/directline/") };
        }

        public static async Task<Client> StartAsync(Uri address)
        {
            var client = new Client(address);
            var token = (await (await client._http.PostAsync("tokens/generate", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
            client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var conversation = await (await client._http.PostAsJsonAsync("conversations", new { })).Content.ReadFromJsonAsync<JsonElement>();
            client._conversation = conversation.GetProperty("conversationId").GetString()!;
            await client._socket.ConnectAsync(new Uri(conversation.GetProperty("streamUrl").GetString()!), CancellationToken.None);
            await client.HearAsync(1);
            return client;
        }

        public async Task AskAsync(string text)
        {
            (await _http.PostAsJsonAsync($"conversations/{_conversation}/activities", new { type = "message", text })).EnsureSuccessStatusCode();
            await HearAsync(1);
        }

        public async Task<List<double>> AskManyAsync(string[] questions, int count)
        {
            var times = new List<double>(count);
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await AskAsync(questions[i % questions.Length]);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return times;
        }

        public void Dispose()
        {
            _socket.Dispose();
            _http.Dispose();
        }

        /// <summary>Waits for that many activities of the bot.</summary>
        private async Task HearAsync(int replies)
        {
            while (replies > 0)
            {
                var text = new StringBuilder();
                WebSocketReceiveResult result;
                do
                {
                    result = await _socket.ReceiveAsync(_buffer, CancellationToken.None);
                    text.Append(Encoding.UTF8.GetString(_buffer, 0, result.Count));
                }
                while (!result.EndOfMessage);

                var frame = text.ToString();
                for (var at = frame.IndexOf("\"role\":\"bot\"", StringComparison.Ordinal); at >= 0; at = frame.IndexOf("\"role\":\"bot\"", at + 1, StringComparison.Ordinal))
                {
                    replies -= IsSender(frame, at) ? 1 : 0;
                }
            }
        }

        /// <summary>Echoes name the bot too, as their recipient.</summary>
        private static bool IsSender(string frame, int at) =>
            frame.LastIndexOf("\"from\":", at, StringComparison.Ordinal) > frame.LastIndexOf("\"recipient\":", at, StringComparison.Ordinal);
    }
}
