#nullable disable
namespace Microsoft.Bot.Connector.Authentication;

/// <summary>What a deployment asks of the tokens it takes, beyond the fixed rules.</summary>
public class AuthenticationConfiguration
{
    public AuthenticationConfiguration()
    {
    }

    /// <summary>Endorsements that the signing key must have, besides the one for the activity's channel.</summary>
    public string[] RequiredEndorsements { get; set; } = [];

    /// <summary>Issuers of the bot's own tenant, for a single-tenant bot: both forms.</summary>
    public IEnumerable<string> ValidTokenIssuers { get; set; } = [];
}
