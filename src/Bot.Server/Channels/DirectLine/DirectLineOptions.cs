using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.DirectLine;

/// <summary>The embedded Direct Line: who may begin a conversation, how long it is kept, and its limits.</summary>
public sealed class DirectLineOptions
{
    public const string SectionName = "DirectLine";

    /// <summary>When set, only callers that present it as a bearer token may generate tokens. Empty: any page of <see cref="AllowedOrigins"/> may.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>Other sites whose pages may talk to the bot, for example <c>https://www.example.org</c>. This server's own pages always may.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    [Range(1, 24 * 60)]
    public int TokenLifetimeMinutes { get; set; } = 30;

    /// <summary>Base64 of at least 32 random bytes. Empty: a key is made once and kept in <see cref="SigningKeyFile"/>.</summary>
    public string SigningKey { get; set; } = string.Empty;

    /// <summary>Where the key that signs tokens is kept, so that tokens outlive a restart; from the content root.</summary>
    [Required]
    public string SigningKeyFile { get; set; } = "data/direct-line.key";

    /// <summary>A conversation is forgotten this long after its last activity.</summary>
    [Range(1, 24 * 60)]
    public int KeepConversationMinutes { get; set; } = 60;

    /// <summary>Beyond this many the oldest are forgotten.</summary>
    [Range(1, 10_000_000)]
    public int MaximumConversations { get; set; } = 20_000;

    /// <summary>The largest activity taken, in bytes of JSON.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaximumActivityBytes { get; set; } = 65_536;

    /// <summary>The longest text taken, in characters.</summary>
    [Range(100, 100_000)]
    public int MaximumTextLength { get; set; } = 16_000;

    /// <summary>Tokens and conversations that one address may begin in a minute.</summary>
    [Range(1, 1_000_000)]
    public int TokensPerMinute { get; set; } = 60;

    /// <summary>Activities that one conversation may post in a minute.</summary>
    [Range(1, 1_000_000)]
    public int PostsPerMinute { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class DirectLineOptionsRangeValidator : IValidateOptions<DirectLineOptions>;

/// <summary>Origins are scheme and host, nothing else: a slash too many would never match and nobody would know why.</summary>
internal sealed class DirectLineOriginsValidator : IValidateOptions<DirectLineOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectLineOptions options)
    {
        var wrong = options.AllowedOrigins
            .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin || uri.Scheme is not ("https" or "http"))
            .ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"DirectLine:AllowedOrigins has '{wrong[0]}', which is not an origin. Write scheme and host only, like https://www.example.org, without a slash at the end.");
    }
}
