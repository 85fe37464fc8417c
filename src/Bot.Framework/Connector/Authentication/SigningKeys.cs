#nullable disable
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>
/// The keys behind one OpenID metadata address: kept for half a day, and fetched again once for each key id that is not among them, since
/// issuers change keys without notice. A cap on all fetches keeps forged key ids from making the bot a nuisance to its issuer.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process; a semaphore without a wait handle holds nothing.")]
internal sealed partial class SigningKeys(string metadataUrl, HttpClient http, TimeProvider time, ILogger logger)
{
    private const int LargestDocument = 1 << 20;
    private const int MostKeyIds = 200;
    private const int MostFetches = 10;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FetchWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(8);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, DateTimeOffset> _askedFor = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _fetches = new();
    private volatile Fetched _fetched;

    /// <summary>The key, or null when the issuer has none of that id. Throws <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when no keys are known and none can be had.</summary>
    public async Task<JsonWebKey> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_fetched is { } fresh && time.GetUtcNow() - fresh.At < KeptFor && fresh.Find(keyId) is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            var current = _fetched;
            var isOld = current is null || now - current.At >= KeptFor;
            if (!isOld && current.Find(keyId) is { } found)
            {
                return found;
            }

            if (MayFetch(now) && (isOld || IsNew(keyId, now)))
            {
                await FetchAsync(now, cancellationToken).ConfigureAwait(false);
            }

            return _fetched?.Find(keyId);
        }
        finally
        {
            _one.Release();
        }
    }

    private bool MayFetch(DateTimeOffset now)
    {
        while (_fetches.TryPeek(out var first) && now - first >= FetchWindow)
        {
            _fetches.Dequeue();
        }

        return _fetches.Count < MostFetches;
    }

    private bool IsNew(string keyId, DateTimeOffset now)
    {
        if (_askedFor.TryGetValue(keyId, out var asked) && now - asked < AskedAgainAfter)
        {
            return false;
        }

        if (_askedFor.Count >= MostKeyIds)
        {
            _askedFor.Remove(_askedFor.MinBy(pair => pair.Value).Key);
        }

        _askedFor[keyId] = now;
        return true;
    }

    private async Task FetchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _fetches.Enqueue(now);
        try
        {
            using var patience = new CancellationTokenSource(LongestFetch, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var metadata = OpenIdConnectConfiguration.Create(await GetAsync(metadataUrl, either.Token).ConfigureAwait(false));
            _fetched = new Fetched(now, JsonWebKeySet.Create(await GetAsync(metadata.JwksUri, either.Token).ConfigureAwait(false)));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.FetchFailed(logger, new Uri(metadataUrl).Host, exception.GetType().Name);
            if (_fetched is null)
            {
                throw new HttpRequestException($"The keys of {new Uri(metadataUrl).Host} could not be fetched, so no token can be checked.", exception);
            }
        }
    }

    private async Task<string> GetAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidDataException("Metadata and keys are fetched over https only.");
        }

        using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LargestDocument, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record Fetched(DateTimeOffset At, JsonWebKeySet Keys)
    {
        public JsonWebKey Find(string keyId) => Keys.Keys.FirstOrDefault(key => key.KeyId == keyId);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 7001, Level = LogLevel.Error, Message = "The signing keys of {Host} could not be fetched: {ExceptionType}.")]
        public static partial void FetchFailed(ILogger logger, string host, string exceptionType);
    }
}
