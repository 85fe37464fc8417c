using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bot.Server.Channels.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Faults;

/// <summary>
/// The people who call back: a webhook's receiver that is slow, answers 500 or hangs now and then, and, for each request that arrives, two who try
/// to take it at the same moment by any replica.
/// </summary>
internal sealed class Staff : IAsyncDisposable
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static readonly byte[] Key = Convert.FromBase64String(Secret["whsec_".Length..]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>As long as the longest wait between two tries, and then some: what comes after that is lost.</summary>
    private static readonly TimeSpan UntilLost = TimeSpan.FromMinutes(17);

    private readonly WebApplication _app;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<string, byte> _notices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _wins = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _clicks = [];
    private readonly Lock _lock = new();
    private readonly Random _random;
    private Replicas? _replicas;

    private Staff(WebApplication app, int seed) => (_app, _random) = (app, new Random(seed));

    public string Url => _app.Urls.First() + "/hook";

    /// <summary>Webhooks that were answered badly, late or not at all.</summary>
    public int Faults { get; private set; }

    /// <summary>Notices that came more than once, under the id by which a receiver knows them.</summary>
    public int Repeated { get; private set; }

    /// <summary>Requests that more than one person took.</summary>
    public int TakenTwice => _wins.Count(win => win.Value > 1);

    public static async Task<Staff> StartAsync(int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var staff = new Staff(app, seed);
        app.MapPost("/hook", (Delegate)staff.HearAsync);
        await app.StartAsync();
        return staff;
    }

    public void Meet(Replicas replicas) => _replicas = replicas;

    /// <summary>How many of the numbers were never told to staff, or told and taken by nobody.</summary>
    public async Task<int> CountLostAsync(IReadOnlyCollection<string> numbers)
    {
        int Lost() => numbers.Count(number => !_numbers.TryGetValue(number, out var id) || _wins.GetValueOrDefault(id) == 0);
        for (var until = DateTime.UtcNow + UntilLost; DateTime.UtcNow < until && Lost() > 0;)
        {
            await Task.Delay(200);
        }

        await Task.WhenAll(_clicks);
        return Lost();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<IResult> HearAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        string Header(string name) => context.Request.Headers[name].ToString();
        if (!StandardWebhook.IsSigned(Key, Header(StandardWebhook.IdHeader), Header(StandardWebhook.TimestampHeader), Header(StandardWebhook.SignatureHeader), body, DateTimeOffset.UtcNow))
        {
            // A replica whose clock has jumped: it tries again, or another does.
            Faults++;
            return Results.Unauthorized();
        }

        switch (Roll(100))
        {
            case < 8:
                Faults++;
                return Results.StatusCode(500);
            case < 12:
                // It heard, and says so too late.
                Faults++;
                Take(Header(StandardWebhook.IdHeader), body);
                await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Ok();
            case < 14:
                Faults++;
                context.Abort();
                return Results.Empty;
            default:
                await Task.Delay(Roll(200));
                Take(Header(StandardWebhook.IdHeader), body);
                return Results.Ok();
        }
    }

    private void Take(string noticeId, string body)
    {
        var json = JsonElement.Parse(body);
        if (json.GetProperty("type").GetString() != "escalation.requested")
        {
            return;
        }

        if (!_notices.TryAdd(noticeId, 0))
        {
            Repeated++;
            return;
        }

        var data = json.GetProperty("data");
        var id = data.GetProperty("id").GetString()!;
        _numbers[data.GetProperty("number").GetString()!] = id;
        _clicks.Add(ClickAsync(id, "Ben"));
        _clicks.Add(ClickAsync(id, "Cleo"));
    }

    /// <summary>Clicks until some replica has said yes, or that somebody else has it. A yes that was lost on its way counts when it is told again who has it.</summary>
    private async Task ClickAsync(string id, string name)
    {
        var body = JsonSerializer.Serialize(new { state = "taken", by = name });
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until;)
        {
            try
            {
                var now = DateTimeOffset.UtcNow;
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_replicas!.Address(Roll(_replicas.Count)), $"api/escalations/{id}")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add(StandardWebhook.IdHeader, id + name);
                request.Headers.Add(StandardWebhook.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
                request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, StandardWebhook.Sign(Key, id + name, now, body));
                using var response = await _http.SendAsync(request);
                if (response.StatusCode is System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.Conflict)
                {
                    var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
                    if (answer.GetProperty("takenBy").GetString() == name)
                    {
                        _wins.AddOrUpdate(id, 1, (_, wins) => wins + 1);
                    }

                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                // A killed replica.
            }

            await Task.Delay(100);
        }
    }

    private int Roll(int most)
    {
        lock (_lock)
        {
            return _random.Next(most);
        }
    }
}
