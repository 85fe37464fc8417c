#nullable disable
namespace Microsoft.Bot.Connector.Authentication;

/// <summary>What proves to a channel who the bot is. (Officially a type of Microsoft.Rest, which bot code does not name.)</summary>
internal abstract class ServiceClientCredentials
{
    /// <summary>A token for the channel, from a cache while it is good.</summary>
    public abstract Task<string> GetTokenAsync(CancellationToken cancellationToken);
}
