using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Bot.Server.Tests;

/// <summary>What goes to a collector and to Prometheus, and what never does.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task MetricsAndTraces_TellWhatWasDecided_AndNothingThatWasTyped()
    {
        var received = new ConcurrentQueue<string>();
        await using var collector = await CollectAsync(received);
        string conversation, token;
        // A process of its own: a listener hears every meter of its process, and the servers of other tests count their turns too.
        using (var server = await ServerProcess.StartAsync(0, "--Telemetry:MetricsPath=/metrics", $"--Telemetry:OtlpEndpoint={collector.Urls.First()}"))
        {
            using var person = await DirectLineClient.StartAsync(server.Address, "en-US");
            (conversation, token) = (person.ConversationId, person.Token);
            await person.NextReplyAsync();
            await person.SayAsync("is heroin addictive, asked by zebulon");
            await person.SayAsync("my friend zebulon took heroin and won't wake up");

            using var http = new HttpClient { BaseAddress = server.Address };
            // The reply is on the socket before its turn is counted.
            const string Counted = "bot_turn_duration_seconds_count{otel_scope_name=\"Bot.Turns\",channel=\"directline\",outcome=\"handoff\"} 1";
            var metrics = string.Empty;
            for (var tries = 0; tries < 400 && !metrics.Contains(Counted, StringComparison.Ordinal); tries++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
                metrics = await http.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);
            }

            Assert.Contains(Counted, metrics, StringComparison.Ordinal);
            Assert.Contains("outcome=\"handoff\",le=\"0.25\"} ", metrics, StringComparison.Ordinal);
            Assert.Contains("bot_crisis_findings_total{", metrics, StringComparison.Ordinal);
            Assert.Contains("bot_escalations_oldest_unclaimed_seconds", metrics, StringComparison.Ordinal);
            Assert.DoesNotContain("zebulon", metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(conversation, metrics, StringComparison.Ordinal);
            await server.StopAsync();
        }

        var told = string.Join('\n', received);
        Assert.Contains("bot.turn", told, StringComparison.Ordinal);
        Assert.Contains("bot.replies", told, StringComparison.Ordinal);
        Assert.Contains("/conversations/{conversationId}/activities", told, StringComparison.Ordinal);
        Assert.DoesNotContain("zebulon", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(conversation, told, StringComparison.Ordinal);
        Assert.DoesNotContain(token, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ByDefault_ThereIsNoPageOfMetrics()
    {
        await using var server = new BotServer();
        using var http = new HttpClient { BaseAddress = server.Address };

        using var answer = await http.GetAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("--Telemetry:OtlpEndpoint=nowhere", "Telemetry:OtlpEndpoint is 'nowhere'")]
    [InlineData("--Telemetry:MetricsPath=metrics", "It begins with a slash")]
    public async Task ABadSetting_IsToldPlainly(string argument, string told)
    {
        var (exitCode, error) = await ServerProcess.RunAsync(argument);

        Assert.Equal(1, exitCode);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    /// <summary>As far as an exporter sees it, a collector: it takes what it is sent.</summary>
    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        });
        await app.StartAsync();
        return app;
    }
}
