#nullable disable
using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Logging;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>
/// Authentication against one cloud. It remembers the service URLs that validated tokens have claimed: a token of the bot's own goes to
/// those alone, and to those under the addresses in the settings, whatever an activity or a stored reference says.
/// </summary>
internal sealed partial class CloudAuthentication : BotFrameworkAuthentication
{
    private const int MostServiceUrls = 1000;

    private readonly ChannelCloud _cloud;
    private readonly bool _validateAuthority;
    private readonly ServiceClientCredentialsFactory _credentials;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TokenValidation _validation;
    private readonly string[] _trustedServiceUrls;
    private readonly ConcurrentDictionary<string, bool> _claimedServiceUrls = new(StringComparer.OrdinalIgnoreCase);

    public CloudAuthentication(
        ChannelCloud cloud, bool validateAuthority, ServiceClientCredentialsFactory credentials, AuthenticationConfiguration configuration, IEnumerable<string> trustedServiceUrls, HttpClient http, TimeProvider time, ILogger logger)
    {
        _trustedServiceUrls = [.. trustedServiceUrls.Select(url => url.EndsWith('/') ? url : url + "/")];
        _cloud = cloud;
        _validateAuthority = validateAuthority;
        _credentials = credentials;
        _http = http;
        _time = time;
        _logger = logger;
        _validation = new TokenValidation(cloud, configuration, credentials, new SigningKeys(cloud.ChannelMetadataUrl, http, time, logger), new SigningKeys(cloud.TenantMetadataUrl, http, time, logger), time);
    }

    public override string GetOriginatingAudience() => _cloud.OAuthScope;

    public override async Task<AuthenticateRequestResult> AuthenticateRequestAsync(Activity activity, string authHeader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ClaimsIdentity identity;
        if (await _credentials.IsAuthenticationDisabledAsync(cancellationToken).ConfigureAwait(false))
        {
            // Nobody has proved anything: answers go to this machine alone, or the bot could be made to call anywhere.
            identity = IsOnThisMachine(activity.ServiceUrl)
                ? new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType)
                : throw new UnauthorizedAccessException("Without an app id only service URLs on this machine are answered.");
        }
        else
        {
            identity = await _validation.ValidateAsync(authHeader, activity.ChannelId, activity.ServiceUrl, cancellationToken).ConfigureAwait(false);
            if (identity.HasClaim(claim => claim.Type == AuthenticationConstants.ServiceUrlClaim) && _claimedServiceUrls.Count < MostServiceUrls)
            {
                _claimedServiceUrls.TryAdd(activity.ServiceUrl, true);
            }
        }

        return new AuthenticateRequestResult { ClaimsIdentity = identity, Audience = _cloud.OAuthScope, ConnectorFactory = CreateConnectorFactory(identity) };
    }

    public override ConnectorFactory CreateConnectorFactory(ClaimsIdentity claimsIdentity) => new Factory(this, claimsIdentity);

    private static bool IsOnThisMachine(string serviceUrl) => Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IsLoopback;

    private sealed class Factory(CloudAuthentication owner, ClaimsIdentity identity) : ConnectorFactory
    {
        public override async Task<IConnectorClient> CreateAsync(string serviceUrl, string audience, CancellationToken cancellationToken)
        {
            if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new ArgumentException("The service URL is no http address.", nameof(serviceUrl));
            }

            ServiceClientCredentials credentials = null;
            if (!await owner._credentials.IsAuthenticationDisabledAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!owner._claimedServiceUrls.ContainsKey(serviceUrl) && !Array.Exists(owner._trustedServiceUrls, trusted => (uri.AbsoluteUri.TrimEnd('/') + "/").StartsWith(trusted, StringComparison.OrdinalIgnoreCase)))
                {
                    Log.ServiceUrlUnproved(owner._logger, uri.Host);
                    throw new UnauthorizedAccessException($"No validated token claimed the service URL at {uri.Host}, so nothing is sent there.");
                }

                var appId = identity.Claims.FirstOrDefault(claim => claim.Type == AuthenticationConstants.AudienceClaim)?.Value;
                credentials = owner._credentials.CreateCredentials(appId, audience ?? owner._cloud.OAuthScope, owner._cloud.LoginUrl, owner._validateAuthority);
            }

            return new ConnectorClient(uri, owner._http, credentials, owner._time);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 7002, Level = LogLevel.Warning, Message = "Nothing was sent to {Host}: no validated token claimed it as a service URL.")]
        public static partial void ServiceUrlUnproved(ILogger logger, string host);
    }
}
