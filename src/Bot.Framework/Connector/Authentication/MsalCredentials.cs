#nullable disable
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Tokens from Microsoft Entra by MSAL, which keeps them until they are about to expire.</summary>
internal sealed class MsalCredentials(Func<CancellationToken, Task<AuthenticationResult>> acquire) : ServiceClientCredentials
{
    /// <summary>For a secret or a certificate.</summary>
    public static MsalCredentials ForApplication(ConfidentialClientApplicationBuilder builder, string audience, string loginEndpoint, bool validateAuthority, HttpClient http)
    {
        var application = WithHttp(builder, http).WithAuthority(loginEndpoint, validateAuthority).WithLegacyCacheCompatibility(false).Build();
        string[] scopes = [audience.TrimEnd('/') + "/.default"];
        return new MsalCredentials(cancellationToken => application.AcquireTokenForClient(scopes).ExecuteAsync(cancellationToken));
    }

    /// <summary>For the identity that Azure gives the machine.</summary>
    public static MsalCredentials ForManagedIdentity(string appId, string audience, HttpClient http)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(appId));
        var application = (http is null ? builder : builder.WithHttpClientFactory(new HttpFactory(http))).Build();
        return new MsalCredentials(cancellationToken => application.AcquireTokenForManagedIdentity(audience).ExecuteAsync(cancellationToken));
    }

    public override async Task<string> GetTokenAsync(CancellationToken cancellationToken) => (await acquire(cancellationToken).ConfigureAwait(false)).AccessToken;

    private static ConfidentialClientApplicationBuilder WithHttp(ConfidentialClientApplicationBuilder builder, HttpClient http) =>
        http is null ? builder : builder.WithHttpClientFactory(new HttpFactory(http));

    private sealed class HttpFactory(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }
}
