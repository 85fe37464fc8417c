#nullable disable
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Connector;

/// <summary>
/// The REST calls to one channel service: a token when there are credentials for it, a time-out for each try, and a few more tries
/// for what the channel says will pass (412, 429, 502, 504), after the time it asks for or a jittered pause.
/// </summary>
internal sealed class ConnectorClient : IConnectorClient, IConversations
{
    private const int MostTries = 4;
    private const int LargestAnswer = 1 << 20;

    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private static readonly ProductInfoHeaderValue[] UserAgent = [new("Microsoft-BotFramework", "3.1"), new("FaqBot", "1.0")];

    private readonly HttpClient _http;
    private readonly ServiceClientCredentials _credentials;
    private readonly TimeProvider _time;

    public ConnectorClient(Uri baseUri, HttpClient http, ServiceClientCredentials credentials, TimeProvider time)
    {
        BaseUri = baseUri;
        _http = http;
        _credentials = credentials;
        _time = time;
    }

    public Uri BaseUri { get; set; }

    public IConversations Conversations => this;

    async Task<T> IConversations.CallAsync<T>(HttpMethod method, string path, object body, string conversationId, CancellationToken cancellationToken)
    {
        var uri = new Uri(BaseUri.AbsoluteUri.TrimEnd('/') + "/" + path);
        var json = body is null ? null : BotJson.Serialize(body);
        for (var tried = 1; ; tried++)
        {
            using var response = await SendAsync(method, uri, json, conversationId, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
            }

            if (!MayPass(response.StatusCode) || tried == MostTries || PauseAfter(response, tried) is not { } pause)
            {
                throw new ErrorResponseException($"Operation returned an invalid status code '{response.StatusCode}'")
                {
                    Body = await ReadAsync<ErrorResponse>(response, cancellationToken).ConfigureAwait(false),
                    StatusCode = response.StatusCode,
                };
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The HTTP client belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            return text.Length == 0 ? default : JsonSerializer.Deserialize<T>(text, BotJson.Options);
        }
        catch (JsonException)
        {
            // The channel took the activity; what else it says is not needed.
            return default;
        }
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            // Too long to be an answer of a channel, or broken off: what was sent has arrived.
            return string.Empty;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri uri, string json, string conversationId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri);
        foreach (var product in UserAgent)
        {
            request.Headers.UserAgent.Add(product);
        }

        request.Headers.Accept.ParseAdd("*/*");
        if (conversationId is not null)
        {
            request.Headers.TryAddWithoutValidation("x-ms-conversation-id", conversationId);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var patience = new CancellationTokenSource(LongestTry, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (_credentials is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _credentials.GetTokenAsync(either.Token).ConfigureAwait(false));
            }

            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The channel at {uri.Host} did not answer within {LongestTry.TotalSeconds} seconds.", exception);
        }
    }

    /// <summary>How long to wait before the next try; null when the channel asks for longer than a person would wait.</summary>
    private TimeSpan? PauseAfter(HttpResponseMessage response, int tried)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => FirstPause * Math.Pow(2, tried - 1) * (0.5 + Random.Shared.NextDouble()),
        };
        return asked > LongestPause ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
