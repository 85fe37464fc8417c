using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bot.Faults;

/// <summary>
/// Somebody who talks: each message goes to any replica, is posted again under its own id until one takes it, and is waited for on another. Now and
/// then it is a crisis, whose reply must name the numbers.
/// </summary>
internal sealed class Person(Replicas replicas, int seed) : IDisposable
{
    private const int CrisisEvery = 9;

    private static readonly string[] Questions = ["is heroin addictive", "what is heroin", "is heroin a stimulant", "what is tolerance", "how long does rehab take", "what is a depressant", "asdf qwer"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Random _random = new(seed);
    private readonly List<string> _sent = [];
    private string _conversation = string.Empty;

    /// <summary>Refusals of a server that was there that did not name the numbers.</summary>
    public int WithoutNumbers { get; private set; }

    public int Messages => _sent.Count;

    public async Task TalkAsync(int messages)
    {
        await BeginAsync();
        for (var i = 0; i < messages; i++)
        {
            var id = await SayAsync(i % CrisisEvery == 4 ? "my friend took heroin and won't wake up" : Questions[_random.Next(Questions.Length)]);
            if (_random.Next(3) > 0)
            {
                // Sometimes the next comes before the answer.
                await WaitForAnswerAsync(id);
            }
        }

        await WaitForAnswerAsync(_sent[^1]);
    }

    /// <summary>Asks to be called until that is noted. What the bot says could not be done is asked for again.</summary>
    public async Task AskForACallAsync(string number)
    {
        const int MostTries = 20;
        await BeginAsync();
        for (var i = 0; i < MostTries; i++)
        {
            var reply = string.Empty;
            foreach (var text in new[] { $"call me now at {number}", "yes", "yes", "skip" })
            {
                reply = await WaitForAnswerAsync(await SayAsync(text));
                if (reply.Contains("already asked for a call", StringComparison.Ordinal))
                {
                    return;
                }
            }

            if (reply.Contains("is noted", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("A call was not noted in twenty tries.");
    }

    /// <summary>What the log says in the end of what was sent.</summary>
    public async Task<(int Lost, int Duplicated, int Reordered, int WithoutNumbers)> JudgeAsync()
    {
        var activities = (await ReadAsync()).ToList();
        var said = activities.Where(activity => activity.Client is not null).Select(activity => activity.Client!).ToList();
        var replies = activities.Where(activity => activity.ReplyTo is not null).ToList();
        var idOf = activities.Where(activity => activity.Client is not null).DistinctBy(activity => activity.Client).ToDictionary(activity => activity.Client!, activity => activity.Id, StringComparer.Ordinal);
        var lost = _sent.Count(id => !idOf.TryGetValue(id, out var activity) || !replies.Exists(reply => reply.ReplyTo == activity));
        var duplicated = said.Count - said.Distinct(StringComparer.Ordinal).Count() + replies.GroupBy(reply => reply.ReplyTo).Sum(group => group.Count() - 1);
        var order = replies.ConvertAll(reply => reply.ReplyTo!);
        var reordered = said.Zip(said.Skip(1)).Count(pair => string.CompareOrdinal(pair.First, pair.Second) > 0) + order.Zip(order.Skip(1)).Count(pair => string.CompareOrdinal(pair.First, pair.Second) > 0);
        var without = replies.Count(reply => reply.Outcome is "handoff" or "failure" && !(reply.Text.Contains("911", StringComparison.Ordinal) && reply.Text.Contains("988", StringComparison.Ordinal)));
        return (lost, duplicated, reordered, without + WithoutNumbers);
    }

    public void Dispose() => _http.Dispose();

    private async Task BeginAsync()
    {
        var token = (await RetryAsync(() => new HttpRequestMessage(HttpMethod.Post, "v3/directline/tokens/generate"))).GetProperty("token").GetString();
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        _conversation = (await RetryAsync(() => new HttpRequestMessage(HttpMethod.Post, "v3/directline/conversations") { Content = JsonContent.Create(new { locale = "en-US" }) })).GetProperty("conversationId").GetString()!;
    }

    private async Task<string> SayAsync(string text)
    {
        var id = $"{seed}-{_sent.Count.ToString("0000", CultureInfo.InvariantCulture)}";
        _sent.Add(id);
        await RetryAsync(() => new HttpRequestMessage(HttpMethod.Post, $"v3/directline/conversations/{_conversation}/activities") { Content = JsonContent.Create(new { type = "message", text, channelData = new { clientActivityID = id } }) });
        return id;
    }

    private async Task<string> WaitForAnswerAsync(string client)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            var activities = (await ReadAsync()).ToList();
            if (activities.Find(activity => activity.Client == client) is { } mine && activities.Find(activity => activity.ReplyTo == mine.Id) is { } answer)
            {
                return answer.Text;
            }

            await Task.Delay(30);
        }

        return string.Empty;
    }

    private async Task<IEnumerable<Said>> ReadAsync()
    {
        var set = await RetryAsync(() => new HttpRequestMessage(HttpMethod.Get, $"v3/directline/conversations/{_conversation}/activities"));
        return set.GetProperty("activities").EnumerateArray().Select(activity => new Said(
            activity.GetProperty("id").GetString()!,
            activity.GetProperty("from").GetProperty("role").GetString() == "user" ? activity.GetProperty("channelData").GetProperty("clientActivityID").GetString() : null,
            activity.TryGetProperty("replyToId", out var replyTo) ? replyTo.GetString() : null,
            activity.TryGetProperty("channelData", out var data) && data.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : null,
            activity.TryGetProperty("text", out var text) ? text.GetString() ?? string.Empty : string.Empty));
    }

    /// <summary>Asks one replica after another until one does it. Nothing is given up.</summary>
    private async Task<JsonElement> RetryAsync(Func<HttpRequestMessage> request)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                using var message = request();
                message.RequestUri = new Uri(replicas.Address(_random.Next(replicas.Count)), message.RequestUri!);
                using var response = await _http.SendAsync(message);
                var body = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode)
                {
                    return JsonElement.Parse(body);
                }

                if (!(body.Contains("911", StringComparison.Ordinal) && body.Contains("988", StringComparison.Ordinal)))
                {
                    WithoutNumbers++;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                // A killed replica says nothing; the widget shows the numbers it holds itself.
            }

            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException("No replica did it in a minute.");
            }

            await Task.Delay(50);
        }
    }

    private sealed record Said(string Id, string? Client, string? ReplyTo, string? Outcome, string Text);
}
