using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Server.Tests;

/// <summary>A person's side of a conversation over Direct Line, by polling.</summary>
internal sealed class DirectLineClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address, "/v3/directline/") };
    private int _read;

    public string ConversationId { get; private set; } = string.Empty;

    public string Token { get; private set; } = string.Empty;

    public Uri StreamUrl { get; private set; } = new("ws://unset");

    public HttpClient Http => _http;

    public static async Task<DirectLineClient> StartAsync(Uri address, string? locale = null)
    {
        var client = new DirectLineClient(address);
        var generated = await ReadAsync(await client._http.PostAsync("tokens/generate", null, Now));
        client.UseToken(generated.GetProperty("token").GetString()!);
        var started = await ReadAsync(await client._http.PostAsJsonAsync("conversations", new { locale }, Now));
        client.ConversationId = started.GetProperty("conversationId").GetString()!;
        client.StreamUrl = new Uri(started.GetProperty("streamUrl").GetString()!);
        return client;
    }

    /// <summary>The same person in the same conversation, by another replica; what was said is known to both.</summary>
    public static DirectLineClient Resume(Uri address, DirectLineClient other)
    {
        var client = new DirectLineClient(address) { ConversationId = other.ConversationId, _read = other._read };
        client.UseToken(other.Token);
        return client;
    }

    /// <summary>The next activity of the bot, or null when none comes in the time.</summary>
    public async Task<JsonElement?> TryNextReplyAsync(TimeSpan patience)
    {
        await Task.Delay(patience, Now);
        var mine = (await AllAsync()).Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "bot").ToList();
        return mine.Count > _read ? mine[_read++] : null;
    }

    public void UseToken(string token)
    {
        Token = token;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<HttpResponseMessage> PostAsync(object activity) =>
        _http.PostAsJsonAsync($"conversations/{ConversationId}/activities", activity, Now);

    public async Task<JsonElement> SayAsync(object activity)
    {
        var response = await PostAsync(activity);
        response.EnsureSuccessStatusCode();
        return await NextReplyAsync();
    }

    public Task<JsonElement> SayAsync(string text) => SayAsync(new { type = "message", text, channelData = new { clientActivityID = Guid.NewGuid().ToString() } });

    /// <summary>Presses a button of the reply, as the widget and Web Chat do.</summary>
    public Task<JsonElement> PressAsync(JsonElement reply, string title)
    {
        var action = reply.GetProperty("suggestedActions").GetProperty("actions").EnumerateArray().Single(candidate => candidate.GetProperty("title").GetString() == title);
        return SayAsync(new { type = "message", text = action.GetProperty("text").GetString(), value = JsonNode.Parse(action.GetProperty("value").GetRawText()), channelData = new { messageBack = new { displayText = title } } });
    }

    /// <summary>The next activity of the bot that has not been taken yet.</summary>
    public async Task<JsonElement> NextReplyAsync()
    {
        for (var attempt = 0; attempt < 400; attempt++)
        {
            var activities = (await ReadAsync(await _http.GetAsync(new Uri($"conversations/{ConversationId}/activities", UriKind.Relative), Now))).GetProperty("activities");
            var mine = activities.EnumerateArray().Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "bot").ToList();
            if (mine.Count > _read)
            {
                return mine[_read++];
            }

            await Task.Delay(10, Now);
        }

        throw new TimeoutException("The bot said nothing for four seconds.");
    }

    public async Task<IReadOnlyList<JsonElement>> AllAsync() =>
        [.. (await ReadAsync(await _http.GetAsync(new Uri($"conversations/{ConversationId}/activities", UriKind.Relative), Now))).GetProperty("activities").EnumerateArray()];

    public void Dispose() => _http.Dispose();

    internal static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Now);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {body}");
        return JsonElement.Parse(body);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;
}
