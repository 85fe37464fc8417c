#nullable disable
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>
/// Checks the token of an incoming request: form and algorithm first, so that rubbish fetches nothing; then issuer, signature, times,
/// audience, endorsements and service URL. Every failure is an <see cref="UnauthorizedAccessException"/>; which one is nobody's business.
/// </summary>
internal sealed class TokenValidation(ChannelCloud cloud, AuthenticationConfiguration configuration, ServiceClientCredentialsFactory credentials, SigningKeys channelKeys, SigningKeys tenantKeys, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };

    public async Task<ClaimsIdentity> ValidateAsync(string authHeader, string channelId, string serviceUrl, CancellationToken cancellationToken)
    {
        var token = ReadToken(authHeader);
        var isFromTenant = cloud.TenantIssuers.Contains(token.Issuer, StringComparer.Ordinal) || configuration.ValidTokenIssuers.Contains(token.Issuer, StringComparer.Ordinal);
        if (!isFromTenant && token.Issuer != cloud.TokenIssuer)
        {
            throw Refused("its issuer is not known");
        }

        var key = await (isFromTenant ? tenantKeys : channelKeys).FindAsync(token.Kid, cancellationToken).ConfigureAwait(false) ?? throw Refused("its key is not known");
        var result = await Handler.ValidateTokenAsync(token, ParametersFor(key, token.Issuer)).ConfigureAwait(false);
        if (!result.IsValid)
        {
            throw Refused("its signature or its times are wrong");
        }

        if (isFromTenant)
        {
            await CheckTenantTokenAsync(token, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CheckChannelTokenAsync(token, key, channelId, serviceUrl, cancellationToken).ConfigureAwait(false);
        }

        return result.ClaimsIdentity;
    }

    private static JsonWebToken ReadToken(string authHeader)
    {
        if (authHeader is null || !authHeader.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authHeader.Length > LongestToken)
        {
            throw Refused("there is none");
        }

        try
        {
            var token = Handler.ReadJsonWebToken(authHeader[Scheme.Length..].Trim());
            return AuthenticationConstants.AllowedSigningAlgorithms.Contains(token.Alg) && !string.IsNullOrEmpty(token.Kid) ? token : throw Refused("its algorithm is not allowed");
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException or JsonException)
        {
            throw Refused("it is no token");
        }
    }

    private TokenValidationParameters ParametersFor(JsonWebKey key, string issuer) => new()
    {
        IssuerSigningKey = key,
        ValidIssuer = issuer,
        ValidateAudience = false, // Below: channel and tenant tokens name the bot in different claims.
        ValidAlgorithms = AuthenticationConstants.AllowedSigningAlgorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return expires is { } end && now < end + Skew && (notBefore is not { } start || now > start - Skew);
        },
    };

    private async Task CheckChannelTokenAsync(JsonWebToken token, JsonWebKey key, string channelId, string serviceUrl, CancellationToken cancellationToken)
    {
        var endorsements = EndorsementsOf(key);
        if (endorsements.Count == 0 || (!string.IsNullOrEmpty(channelId) && !endorsements.Contains(channelId)) || !configuration.RequiredEndorsements.All(endorsements.Contains))
        {
            throw Refused("its key is not endorsed for the channel");
        }

        if (token.Audiences.ToList() is not [var audience] || !await credentials.IsValidAppIdAsync(audience, cancellationToken).ConfigureAwait(false))
        {
            throw Refused("it is for another bot");
        }

        if (Claim(token, AuthenticationConstants.ServiceUrlClaim) is not { Length: > 0 } claimed || !string.Equals(claimed, serviceUrl, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("it is for another service URL");
        }
    }

    private async Task CheckTenantTokenAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var appId = Claim(token, AuthenticationConstants.VersionClaim) == "2.0" ? Claim(token, AuthenticationConstants.AuthorizedParty) : Claim(token, AuthenticationConstants.AppIdClaim);

        // A token from another bot to this one (a skill's) names another app as its sender: no such caller is expected.
        if (appId is null || !await credentials.IsValidAppIdAsync(appId, cancellationToken).ConfigureAwait(false)
            || token.Audiences.ToList() is not [var audience] || !await credentials.IsValidAppIdAsync(audience, cancellationToken).ConfigureAwait(false))
        {
            throw Refused("it is for another bot");
        }
    }

    private static HashSet<string> EndorsementsOf(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var value) && value is JsonElement { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())]
            : value is IEnumerable<object> items ? [.. items.OfType<string>()] : [];

    private static string Claim(JsonWebToken token, string type) => token.TryGetPayloadValue<object>(type, out var value) ? value as string : null;

    private static UnauthorizedAccessException Refused(string why) => new($"The request's token was refused: {why}.");
}
