using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bot.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Load;

/// <summary><c>/api/messages</c> as Azure calls it: a signed token on every message, the reply sent to a channel service; the same without tokens in the same run.</summary>
internal static class ChannelFigures
{
    private const int Conversations = 16;
    private const int TurnsEach = 250;
    private const int WarmUp = 40;

    public static async Task<int> PrintAsync()
    {
        await using var login = await FakeTokenService.StartAsync();
        var certificate = Path.GetTempFileName();
        await File.WriteAllTextAsync(certificate, login.CertificatePem);
        await using var channel = await ChannelService.StartAsync();
        var withTokens = await MeasureAsync(channel, login.CreateToken(channel.Url), [.. login.Settings.Select(setting => $"--{setting.Key}={setting.Value}")], new() { ["SSL_CERT_FILE"] = certificate });
        var without = await MeasureAsync(channel, null, [], new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        Console.WriteLine(JsonSerializer.Serialize(new { withTokens, without, ratio = Math.Round(withTokens.TurnsPerSecond / without.TurnsPerSecond, 2) }));
        return 0;
    }

    private static async Task<Figures> MeasureAsync(ChannelService channel, string? token, string[] settings, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings]) { WorkingDirectory = RealContent.Root, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var server = Process.Start(start)!;
        try
        {
            string? line;
            while ((line = await server.StandardOutput.ReadLineAsync()) is not null && !line.StartsWith("Open ", StringComparison.Ordinal))
            {
            }

            _ = server.StandardOutput.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[1]) };
            http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            var questions = File.ReadAllLines(Path.Combine(RealContent.Root, "tests", "phrasings", "questions.tsv")).Skip(1).Select(row => row.Split('\t')[1]).ToArray();
            await Task.WhenAll(Enumerable.Range(0, Conversations).Select(conversation => SayManyAsync(http, channel, questions, conversation, WarmUp)));
            var clock = Stopwatch.StartNew();
            var times = (await Task.WhenAll(Enumerable.Range(0, Conversations).Select(conversation => SayManyAsync(http, channel, questions, conversation, TurnsEach)))).SelectMany(time => time).Order().ToList();
            return new Figures(Math.Round(Conversations * TurnsEach / clock.Elapsed.TotalSeconds), Math.Round(times[times.Count / 2], 2), Math.Round(times[times.Count * 99 / 100], 2));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>Each answer is 200 only after the reply has reached the channel service.</summary>
    private static async Task<List<double>> SayManyAsync(HttpClient http, ChannelService channel, string[] questions, int conversation, int count)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var activity = new
            {
                type = "message",
                id = Guid.NewGuid().ToString("n"),
                channelId = "msteams",
                serviceUrl = channel.Url,
                from = new { id = "u" + conversation },
                recipient = new { id = "bot" },
                conversation = new { id = "c" + conversation },
                text = questions[(i * Conversations + conversation) % questions.Length],
            };
            var started = Stopwatch.GetTimestamp();
            using var response = await http.PostAsJsonAsync("/api/messages", activity);
            response.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private sealed record Figures(double TurnsPerSecond, double P50Milliseconds, double P99Milliseconds);

    /// <summary>Takes what the bot sends.</summary>
    private sealed class ChannelService(WebApplication app) : IAsyncDisposable
    {
        public string Url => app.Urls.First() + "/";

        public static async Task<ChannelService> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/{**path}", () => Results.Json(new { id = "1" }, statusCode: 201));
            await app.StartAsync();
            return new ChannelService(app);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
