#nullable disable
using System.Security.Claims;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>
/// Authentication from settings: the public cloud, or the government's with <c>ChannelService</c>; single addresses can be replaced.
/// <c>TrustedServiceUrls</c> is ours alone: where the bot may send before anybody has written from there. The official class sends anywhere.
/// </summary>
public class ConfigurationBotFrameworkAuthentication : BotFrameworkAuthentication
{
    private readonly CloudAuthentication _inner;

    public ConfigurationBotFrameworkAuthentication(IConfiguration configuration, ServiceClientCredentialsFactory credentialsFactory = null, AuthenticationConfiguration authConfiguration = null, IHttpClientFactory httpClientFactory = null, ILogger logger = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var http = httpClientFactory?.CreateClient() ?? new HttpClient();
        var cloud = CloudOf(configuration["ChannelService"]);
        var validateAuthority = !bool.TryParse(configuration["ValidateAuthority"], out var validate) || validate;
        _inner = new CloudAuthentication(
            cloud with
            {
                TokenIssuer = configuration["ToBotFromChannelTokenIssuer"] ?? cloud.TokenIssuer,
                ChannelMetadataUrl = configuration["ToBotFromChannelOpenIdMetadataUrl"] ?? cloud.ChannelMetadataUrl,
                TenantMetadataUrl = configuration["ToBotFromEmulatorOpenIdMetadataUrl"] ?? cloud.TenantMetadataUrl,
                LoginUrl = configuration["ToChannelFromBotLoginUrl"] ?? cloud.LoginUrl,
                OAuthScope = configuration["ToChannelFromBotOAuthScope"] ?? cloud.OAuthScope,
            },
            validateAuthority,
            credentialsFactory ?? new ConfigurationServiceClientCredentialFactory(configuration, http, logger),
            authConfiguration ?? new AuthenticationConfiguration(),
            configuration.GetSection("TrustedServiceUrls").GetChildren().Select(url => url.Value).Where(url => !string.IsNullOrEmpty(url)),
            http,
            TimeProvider.System,
            logger ?? NullLogger.Instance);
    }

    public override string GetOriginatingAudience() => _inner.GetOriginatingAudience();

    public override Task<AuthenticateRequestResult> AuthenticateRequestAsync(Activity activity, string authHeader, CancellationToken cancellationToken) =>
        _inner.AuthenticateRequestAsync(activity, authHeader, cancellationToken);

    public override ConnectorFactory CreateConnectorFactory(ClaimsIdentity claimsIdentity) => _inner.CreateConnectorFactory(claimsIdentity);

    private static ChannelCloud CloudOf(string channelService) => string.IsNullOrEmpty(channelService) ? ChannelCloud.Public
        : channelService == GovernmentAuthenticationConstants.ChannelService ? ChannelCloud.Government
        : throw new ArgumentException($"ChannelService is '{channelService}'. Leave it empty for the public cloud, or set {GovernmentAuthenticationConstants.ChannelService}.");
}
