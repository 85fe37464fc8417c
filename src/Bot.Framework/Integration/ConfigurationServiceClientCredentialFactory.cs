#nullable disable
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>
/// The bot's identity from settings: <c>MicrosoftAppType</c> (MultiTenant, SingleTenant or UserAssignedMSI), <c>MicrosoftAppId</c>,
/// <c>MicrosoftAppPassword</c> and <c>MicrosoftAppTenantId</c>. Throws <see cref="ArgumentException"/>, naming the setting, when one is missing.
/// </summary>
public class ConfigurationServiceClientCredentialFactory : ServiceClientCredentialsFactory
{
    private readonly ServiceClientCredentialsFactory _inner;

    public ConfigurationServiceClientCredentialFactory(IConfiguration configuration, HttpClient httpClient = null, ILogger logger = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var appId = configuration["MicrosoftAppId"];
        var password = configuration["MicrosoftAppPassword"];
        var tenantId = configuration["MicrosoftAppTenantId"];
        var type = configuration["MicrosoftAppType"];
        switch (string.IsNullOrWhiteSpace(type) ? "multitenant" : type.Trim().ToUpperInvariant() switch { "SINGLETENANT" => "singletenant", "USERASSIGNEDMSI" => "msi", "MULTITENANT" => "multitenant", _ => "?" })
        {
            case "msi":
                Require("MicrosoftAppId", appId, "UserAssignedMSI");
                Require("MicrosoftAppTenantId", tenantId, "UserAssignedMSI");
                if (!string.IsNullOrWhiteSpace(password))
                {
                    throw new ArgumentException("MicrosoftAppPassword is set, and MicrosoftAppType UserAssignedMSI has none. Delete it.");
                }

                _inner = new ManagedIdentityServiceClientCredentialsFactory(appId, httpClient, logger);
                break;
            case "singletenant":
                Require("MicrosoftAppId", appId, "SingleTenant");
                Require("MicrosoftAppPassword", password, "SingleTenant");
                Require("MicrosoftAppTenantId", tenantId, "SingleTenant");
                _inner = new PasswordServiceClientCredentialFactory(appId, password, tenantId, httpClient, logger);
                break;
            case "multitenant":
                _inner = new PasswordServiceClientCredentialFactory(appId, password, string.Empty, httpClient, logger);
                break;
            default:
                throw new ArgumentException($"MicrosoftAppType is '{type}'. It must be MultiTenant, SingleTenant or UserAssignedMSI.");
        }
    }

    public override Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken) => _inner.IsValidAppIdAsync(appId, cancellationToken);

    public override Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken) => _inner.IsAuthenticationDisabledAsync(cancellationToken);

    internal override ServiceClientCredentials CreateCredentials(string appId, string audience, string loginEndpoint, bool validateAuthority) =>
        _inner.CreateCredentials(appId, audience, loginEndpoint, validateAuthority);

    private static void Require(string name, string value, string type)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException($"{name} is empty, and MicrosoftAppType {type} needs it. Set it, or change the type.");
        }
    }
}
