using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Bot.Load;

/// <summary>One conversation: posts over HTTP, hears over the socket.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient _http;
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private string _conversation = string.Empty;

    private Client(Uri address)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "/v3/directline/") };
    }

    /// <summary>Begins a conversation.</summary>
    /// <param name="address">The server that is spoken to.</param>
    /// <param name="listenAt">The server on which the stream hangs; null for the same.</param>
    public static async Task<Client> StartAsync(Uri address, Uri? listenAt = null)
    {
        var client = new Client(address);
        var token = (await (await client._http.PostAsync("tokens/generate", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var conversation = await (await client._http.PostAsJsonAsync("conversations", new { })).Content.ReadFromJsonAsync<JsonElement>();
        client._conversation = conversation.GetProperty("conversationId").GetString()!;
        var stream = new UriBuilder(conversation.GetProperty("streamUrl").GetString()!) { Port = (listenAt ?? address).Port }.Uri;
        await client._socket.ConnectAsync(stream, CancellationToken.None);
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
