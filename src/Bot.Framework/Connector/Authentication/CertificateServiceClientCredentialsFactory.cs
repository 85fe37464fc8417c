#nullable disable
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The bot's identity is an app id and a certificate.</summary>
public class CertificateServiceClientCredentialsFactory : ServiceClientCredentialsFactory
{
    private readonly X509Certificate2 _certificate;
    private readonly string _appId;
    private readonly string _tenantId;
    private readonly HttpClient _http;
    private readonly bool _sendX5c;
    private readonly ConcurrentDictionary<(string, string, bool), ServiceClientCredentials> _credentials = new();

    public CertificateServiceClientCredentialsFactory(X509Certificate2 certificate, string appId, string tenantId = null, HttpClient httpClient = null, ILogger logger = null, bool sendX5c = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appId);
        _certificate = certificate ?? throw new ArgumentNullException(nameof(certificate));
        _appId = appId;
        _tenantId = tenantId;
        _http = httpClient;
        _sendX5c = sendX5c;
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => Task.FromResult(appId == _appId);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    internal override ServiceClientCredentials CreateCredentials(string appId, string audience, string loginEndpoint, bool validateAuthority) =>
        _credentials.GetOrAdd((audience, loginEndpoint, validateAuthority), _ => MsalCredentials.ForApplication(
            ConfidentialClientApplicationBuilder.Create(appId).WithCertificate(_certificate, _sendX5c), audience, OwnTenant.Of(loginEndpoint, _tenantId), validateAuthority, _http));
}
