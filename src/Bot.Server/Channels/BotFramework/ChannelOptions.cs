using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.BotFramework;

/// <summary>Channels of Azure Bot Service and Teams. The bot's identity is in the official settings: <c>MicrosoftAppType</c>, <c>MicrosoftAppId</c> and so on.</summary>
public sealed class ChannelOptions
{
    public const string SectionName = "Channels";

    /// <summary>Where people reach this server, for example <c>https://faq.example.org</c>: citations in Teams link there. Empty: they name the section without a link.</summary>
    public string PublicUrl { get; set; } = string.Empty;

    /// <summary>The emergency number where the staff are, shown beside the country's own in work channels; empty for none.</summary>
    [RegularExpression(@"^\+?[0-9 ()-]{0,20}$", ErrorMessage = "Channels:LocalEmergencyNumber must be a phone number, or empty.")]
    public string LocalEmergencyNumber { get; set; } = string.Empty;

    /// <summary>Whether help in a group is sent as a message that only the person sees. A service that does not know such messages would show it to all: Auto sends them only to Teams' own.</summary>
    public TargetedMessages TargetedMessages { get; set; } = TargetedMessages.Auto;

    /// <summary>Channels that take the handoff protocol's events, for example <c>omnichannel</c>.</summary>
    public string[] HandoffChannels { get; set; } = [];

    /// <summary>The largest activity taken, in bytes of JSON.</summary>
    [Range(1024, 4 * 1024 * 1024)]
    public int MaximumActivityBytes { get; set; } = 262_144;

    /// <summary>A PKCS#12 file with the bot's certificate, instead of a password; from the content root.</summary>
    public string CertificateFile { get; set; } = string.Empty;

    public string CertificatePassword { get; set; } = string.Empty;
}

public enum TargetedMessages
{
    Auto,
    Always,
    Never,
}

[OptionsValidator]
internal sealed partial class ChannelOptionsRangeValidator : IValidateOptions<ChannelOptions>;

/// <summary>The public address is one, or none.</summary>
internal sealed class ChannelAddressValidator : IValidateOptions<ChannelOptions>
{
    public ValidateOptionsResult Validate(string? name, ChannelOptions options) =>
        options.PublicUrl.Length == 0 || (Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Channels:PublicUrl is '{options.PublicUrl}'. Write the https address of this server, like https://faq.example.org, or leave it empty.");
}
