#nullable disable
namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Where a bot of one tenant gets its tokens: the same login service, its own tenant.</summary>
internal static class OwnTenant
{
    public static string Of(string loginEndpoint, string tenantId) =>
        string.IsNullOrEmpty(tenantId) ? loginEndpoint : new Uri(new Uri(loginEndpoint), "/" + tenantId).AbsoluteUri;
}
