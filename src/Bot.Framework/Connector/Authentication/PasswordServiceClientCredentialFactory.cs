#nullable disable
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The bot's identity is an app id and a client secret.</summary>
public class PasswordServiceClientCredentialFactory : ServiceClientCredentialsFactory
{
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<(string, string, bool), ServiceClientCredentials> _credentials = new();

    public PasswordServiceClientCredentialFactory()
    {
    }

    public PasswordServiceClientCredentialFactory(string appId, string password, string tenantId, HttpClient httpClient, ILogger logger)
    {
        AppId = appId;
        Password = password;
        TenantId = tenantId;
        _http = httpClient;
    }

    public string AppId { get; set; }

    public string Password { get; set; }

    /// <summary>The bot's own tenant, or null for a multi-tenant bot.</summary>
    public string TenantId { get; }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => Task.FromResult(appId == AppId);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(string.IsNullOrEmpty(AppId));

    internal override ServiceClientCredentials CreateCredentials(string appId, string audience, string loginEndpoint, bool validateAuthority) =>
        _credentials.GetOrAdd((audience, loginEndpoint, validateAuthority), _ => MsalCredentials.ForApplication(
            ConfidentialClientApplicationBuilder.Create(appId).WithClientSecret(Password), audience, OwnTenant.Of(loginEndpoint, TenantId), validateAuthority, _http));
}
