#nullable disable
namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Knows the bot's own identity, and makes credentials from it.</summary>
public abstract class ServiceClientCredentialsFactory
{
    protected ServiceClientCredentialsFactory()
    {
    }

    public abstract Task<bool> IsValidAppIdAsync(string appId, CancellationToken cancellationToken);

    /// <summary>True when the bot has no identity: then nothing is checked and no token is sent.</summary>
    public abstract Task<bool> IsAuthenticationDisabledAsync(CancellationToken cancellationToken);

    internal abstract ServiceClientCredentials CreateCredentials(string appId, string audience, string loginEndpoint, bool validateAuthority);
}
