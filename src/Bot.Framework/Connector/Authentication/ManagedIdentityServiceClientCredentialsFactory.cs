#nullable disable
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The bot's identity is one that Azure manages: no secret at all.</summary>
public class ManagedIdentityServiceClientCredentialsFactory : ServiceClientCredentialsFactory
{
    private readonly string _appId;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, ServiceClientCredentials> _credentials = new(StringComparer.Ordinal);

    public ManagedIdentityServiceClientCredentialsFactory(string appId, HttpClient httpClient = null, ILogger logger = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appId);
        _appId = appId;
        _http = httpClient;
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => Task.FromResult(appId == _appId);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    internal override ServiceClientCredentials CreateCredentials(string appId, string audience, string loginEndpoint, bool validateAuthority) =>
        _credentials.GetOrAdd(audience, _ => MsalCredentials.ForManagedIdentity(appId, audience, _http));
}
