using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Bot.Server.Channels.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Server.Tests.Escalations;

/// <summary>Somebody's system at the other end of a webhook, which checks signatures and may be slow, broken, or gone.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private FakeReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    /// <summary>Everything that came with a right signature, in order.</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>What came with a wrong one.</summary>
    public int Forged { get; private set; }

    public Func<Task<int>> Answer { get; set; } = () => Task.FromResult(200);

    public static async Task<FakeReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new FakeReceiver(app);
        app.MapPost("/hook", (Delegate)receiver.HearAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The settings of a bot that tells this receiver.</summary>
    public Dictionary<string, string?> Settings(int index = 0, string name = "hook") => new()
    {
        ["Escalations:Desk"] = "A counselor of the test centre",
        [$"Escalations:Targets:{index}:Name"] = name,
        [$"Escalations:Targets:{index}:Kind"] = "Webhook",
        [$"Escalations:Targets:{index}:Url"] = Url,
        [$"Escalations:Targets:{index}:Secret"] = Secret,
    };

    public async Task<Received> NextAsync(string type, int number = 1, int seconds = 15)
    {
        for (var until = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < until;)
        {
            if (Received.Where(one => one.Type == type).ElementAtOrDefault(number - 1) is { } found)
            {
                return found;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"No {type} came. There were: {string.Join(", ", Received.Select(one => one.Type))}");
    }

    /// <summary>Says what became of a request, as the specification signs it.</summary>
    public static async Task<(int Status, JsonElement Body)> SayAsync(Uri server, string id, object what, string secret = Secret, TimeSpan? age = null)
    {
        var body = JsonSerializer.Serialize(what);
        var at = DateTimeOffset.UtcNow - (age ?? TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/escalations/{id}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", StandardWebhook.Sign(Convert.FromBase64String(secret["whsec_".Length..]), "msg_1", at, body));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> HearAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        string Header(string name) => context.Request.Headers[name].ToString();
        if (!StandardWebhook.IsSigned(Convert.FromBase64String(Secret["whsec_".Length..]), Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body, DateTimeOffset.UtcNow))
        {
            Forged++;
            return Results.Unauthorized();
        }

        var json = JsonElement.Parse(body);
        var status = await Answer();
        if (status is >= 200 and < 300)
        {
            _received.Enqueue(new Received(Header("webhook-id"), json.GetProperty("type").GetString()!, json.GetProperty("data")));
        }

        return Results.StatusCode(status);
    }
}

internal sealed record Received(string Id, string Type, JsonElement Data)
{
    public string Escalation => Data.GetProperty("id").GetString()!;
}
