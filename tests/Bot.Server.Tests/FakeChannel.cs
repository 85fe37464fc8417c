using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Server.Tests;

/// <summary>The service of a channel, as far as a bot sees it: it takes what the bot sends and delivers what people write. Teams itself cannot be here.</summary>
internal sealed class FakeChannel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Sent> _sent = new();
    private int _ids;

    private FakeChannel(WebApplication app) => _app = app;

    public string ServiceUrl => _app.Urls.First() + "/teams/";

    public IReadOnlyList<Sent> Sent => [.. _sent];

    /// <summary>Answers instead of the usual, by method and path; null for the usual.</summary>
    public Func<HttpContext, IResult?> Answer { get; set; } = _ => null;

    public static async Task<FakeChannel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var channel = new FakeChannel(app);
        app.Run(channel.HandleAsync);
        await app.StartAsync();
        return channel;
    }

    public Dictionary<string, object?> Activity(string type, string conversationType = "personal", Action<Dictionary<string, object?>>? change = null)
    {
        var activity = new Dictionary<string, object?>
        {
            ["type"] = type,
            ["id"] = $"in-{Interlocked.Increment(ref _ids)}",
            ["channelId"] = "msteams",
            ["serviceUrl"] = ServiceUrl,
            ["locale"] = "en-US",
            ["from"] = new Dictionary<string, object?> { ["id"] = "29:alex", ["name"] = "Alex", ["aadObjectId"] = "0000-alex" },
            ["recipient"] = new Dictionary<string, object?> { ["id"] = "28:bot", ["name"] = "FAQ" },
            ["conversation"] = new Dictionary<string, object?> { ["id"] = conversationType == "personal" ? "a:personal" : "19:team@thread.tacv2", ["conversationType"] = conversationType, ["tenantId"] = "tenant-1", ["isGroup"] = conversationType == "personal" ? null : true },
        };
        change?.Invoke(activity);
        return activity;
    }

    public static async Task<HttpResponseMessage> DeliverAsync(BotServer server, object activity)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return await client.PostAsJsonAsync("/api/messages", activity, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SayAsync(BotServer server, string text, string conversationType = "personal") =>
        await DeliverAsync(server, Activity("message", conversationType, activity =>
        {
            activity["text"] = text;
            activity["entities"] = new[] { new { type = "mention", text = "<at>FAQ</at>", mentioned = new { id = "28:bot", name = "FAQ" } } };
        }));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        _sent.Enqueue(new Sent(context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value ?? string.Empty, context.Request.Headers.Authorization.ToString(), text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, text.Length));
        var result = Answer(context) ?? (context.Request.Path.Value!.EndsWith("/v3/conversations", StringComparison.Ordinal)
            ? Results.Json(new { id = "a:own-chat", activityId = "1", serviceUrl = ServiceUrl }, statusCode: 201)
            : Results.Json(new { id = $"out-{Interlocked.Increment(ref _ids)}" }, statusCode: 201));
        await result.ExecuteAsync(context);
    }
}

/// <summary>One call of the bot to the channel.</summary>
internal sealed record Sent(string Method, string Path, string Query, string Authorization, JsonElement Body, int Length)
{
    public string Text => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("text", out var text) ? text.GetString()! : string.Empty;

    public bool IsMessage => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("type", out var type) && type.GetString() == "message";

    public JsonElement? Card => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("attachments", out var attachments) && attachments.GetArrayLength() > 0
        && attachments[0].GetProperty("contentType").GetString() == "application/vnd.microsoft.card.adaptive" ? attachments[0].GetProperty("content") : null;

    /// <summary>Everything a person can read in it.</summary>
    public string Readable => Text + (Card is { } card ? string.Join('\n', card.GetProperty("body").EnumerateArray().Select(block => block.TryGetProperty("text", out var text) ? text.GetString() : block.ToString())) : string.Empty);
}
