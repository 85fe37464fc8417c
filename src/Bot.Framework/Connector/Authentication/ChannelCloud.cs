#nullable disable
using System.Globalization;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The addresses of one Azure cloud. Another cloud is another of these.</summary>
internal sealed record ChannelCloud(string TokenIssuer, string ChannelMetadataUrl, string TenantMetadataUrl, string LoginUrl, string OAuthScope, IReadOnlyList<string> TenantIssuers)
{
    /// <summary>The tenants from which emulators and other Microsoft services call.</summary>
    private static readonly string[] PublicTenants = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"];

    private static readonly string[] GovernmentTenants = ["cab8a31a-1906-4287-a0d8-4eef66b95f6e"];

    public static ChannelCloud Public { get; } = new(
        AuthenticationConstants.ToBotFromChannelTokenIssuer,
        AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
        AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
        Login(AuthenticationConstants.ToChannelFromBotLoginUrlTemplate, AuthenticationConstants.DefaultChannelAuthTenant),
        AuthenticationConstants.ToChannelFromBotOAuthScope,
        Issuers(PublicTenants));

    public static ChannelCloud Government { get; } = new(
        GovernmentAuthenticationConstants.ToBotFromChannelTokenIssuer,
        GovernmentAuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
        GovernmentAuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
        Login(GovernmentAuthenticationConstants.ToChannelFromBotLoginUrlTemplate, GovernmentAuthenticationConstants.DefaultChannelAuthTenant),
        GovernmentAuthenticationConstants.ToChannelFromBotOAuthScope,
        Issuers(GovernmentTenants));

    /// <summary>Both forms in which Entra names a tenant as issuer.</summary>
    public static IReadOnlyList<string> Issuers(params IEnumerable<string> tenants) =>
        [.. tenants.SelectMany(tenant => new[] { Login(AuthenticationConstants.ValidTokenIssuerUrlTemplateV1, tenant), Login(AuthenticationConstants.ValidTokenIssuerUrlTemplateV2, tenant) })];

    private static string Login(string template, string tenant) => string.Format(CultureInfo.InvariantCulture, template, tenant);
}
