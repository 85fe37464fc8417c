using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Makes and reads the signed tokens that give a person one conversation for half an hour at a time.</summary>
public sealed class DirectLineTokens(SigningKey signingKey, IOptions<DirectLineOptions> options, TimeProvider timeProvider)
{
    private const string Issuer = "https://bot.local/directline";
    private const string ConversationClaim = "conv";
    private const string UserClaim = "user";
    private const string PurposeClaim = "use";

    /// <summary>A stream's address holds its token, so it lives only as long as a socket needs to open.</summary>
    private static readonly TimeSpan StreamLifetime = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    public TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.TokenLifetimeMinutes);

    public string Create(DirectLineGrant grant, TokenPurpose purpose = TokenPurpose.Conversation)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var now = timeProvider.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            Expires = (now + (purpose == TokenPurpose.Stream ? StreamLifetime : Lifetime)).UtcDateTime,
            Claims = new Dictionary<string, object> { [ConversationClaim] = grant.ConversationId, [UserClaim] = grant.UserId, [PurposeClaim] = purpose.ToString() },
            SigningCredentials = new SigningCredentials(signingKey.Key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>What the token grants, or null when it is not ours, altered, expired or made for something else.</summary>
    public async Task<DirectLineGrant?> ReadAsync(string token, TokenPurpose purpose = TokenPurpose.Conversation)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = signingKey.Key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            // Whoever holds it has it from us, so it has begun: another replica's clock may be ahead of this one's.
            LifetimeValidator = (_, expires, _, _) => expires > timeProvider.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && result.Claims.TryGetValue(PurposeClaim, out var use) && use as string == purpose.ToString()
            && result.Claims.TryGetValue(ConversationClaim, out var conversation) && conversation is string conversationId
            && result.Claims.TryGetValue(UserClaim, out var user) && user is string userId
            ? new DirectLineGrant(conversationId, userId)
            : null;
    }
}

/// <summary>One person in one conversation.</summary>
public sealed record DirectLineGrant(string ConversationId, string UserId);

public enum TokenPurpose
{
    Conversation,
    Stream,
}
