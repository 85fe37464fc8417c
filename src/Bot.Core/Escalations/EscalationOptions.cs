using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bot.Core.Escalations;

/// <summary>Who calls people back, when, and how they are told. Without a target nobody is offered a call.</summary>
public sealed class EscalationOptions
{
    public const string SectionName = "Escalations";

    /// <summary>Who calls, as the person reads it: "A counselor of 1st Step". Needed with a target.</summary>
    public string Desk { get; set; } = string.Empty;

    /// <summary>The same in Spanish; empty for the same words.</summary>
    public string DeskInSpanish { get; set; } = string.Empty;

    /// <summary>When they call: lines like <c>Mon-Fri 09:00-17:00</c>, in <see cref="TimeZone"/>; none when that is not known.</summary>
    public string[] Hours { get; set; } = [];

    /// <summary>The desk's IANA time zone. Also what "this evening" means for a person whose own is not known.</summary>
    public string TimeZone { get; set; } = "America/New_York";

    /// <summary>ISO 3166 codes of the countries to which they call; the first is taken for a number without a country's code.</summary>
    public string[] Countries { get; set; } = [];

    /// <summary>Days for which a request is kept after it is over.</summary>
    [Range(0, 365)]
    public int KeepDays { get; set; } = 7;

    /// <summary>Days after which a request that nobody ended is deleted all the same, with an error in the log.</summary>
    [Range(1, 365)]
    public int KeepUnfinishedDays { get; set; } = 30;

    /// <summary>Minutes without anybody taking it until staff are reminded, and as many again until the next target is told.</summary>
    [Range(1, 24 * 60)]
    public int UnclaimedMinutes { get; set; } = 15;

    /// <summary>Tries after which a notice counts as undeliverable: an alert, the next target, and the person is told. It is tried on, every quarter of an hour.</summary>
    [Range(1, 100)]
    public int AlertAfterAttempts { get; set; } = 6;

    /// <summary>How often in 24 hours the same number can be asked to be called.</summary>
    [Range(1, 100)]
    public int MostPerNumberAndDay { get; set; } = 3;

    /// <summary>Who is told, in this order: the first at once, the next one when nobody takes it.</summary>
    public EscalationTarget[] Targets { get; set; } = [];
}

/// <summary>A way to reach staff, as the settings describe it.</summary>
public sealed class EscalationTarget
{
    /// <summary>A word of your own: in the log, in meters, in the health page.</summary>
    public string Name { get; set; } = string.Empty;

    public EscalationTargetKind Kind { get; set; }

    /// <summary>Webhook: an https address, or http on this machine.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>Webhook: <c>whsec_</c> and at least 24 bytes in base64. Signs what is sent, and what comes back must be signed with it.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>Teams: the channel's id, <c>19:…@thread.tacv2</c>; it stands in the channel's link.</summary>
    public string ChannelId { get; set; } = string.Empty;

    /// <summary>Teams: the tenant's id.</summary>
    public string TenantId { get; set; } = string.Empty;

    /// <summary>Teams: the service's address.</summary>
    public string ServiceUrl { get; set; } = "https://smba.trafficmanager.net/teams/";
}

public enum EscalationTargetKind
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>Nothing is sent; the log says that somebody waits. For development alone.</summary>
    Log,

    Webhook,

    Teams,
}

[OptionsValidator]
internal sealed partial class EscalationOptionsRangeValidator : IValidateOptions<EscalationOptions>;

/// <summary>What must hold between the settings: a wrong one is found at start, not when somebody waits for a call.</summary>
internal sealed class EscalationOptionsValidator : IValidateOptions<EscalationOptions>
{
    private const int FewestSecretBytes = 24;
    private const string SecretPrefix = "whsec_";

    public ValidateOptionsResult Validate(string? name, EscalationOptions options)
    {
        var problems = new List<string>();
        if (options.Targets.Length > 0 && string.IsNullOrWhiteSpace(options.Desk))
        {
            problems.Add("Escalations:Desk is empty. Write who calls people back, as they should read it.");
        }

        try
        {
            OpeningHours.Parse(options.Hours);
        }
        catch (FormatException exception)
        {
            problems.Add("Escalations:Hours: " + exception.Message);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            problems.Add($"Escalations:TimeZone is '{options.TimeZone}', which this machine does not know. Write an IANA name like America/New_York.");
        }

        foreach (var country in options.Countries.Where(country => !CallbackNumber.IsCountry(country)))
        {
            problems.Add($"Escalations:Countries has '{country}', which is no country with telephone numbers. Write a code like US.");
        }

        foreach (var (target, index) in options.Targets.Select((target, index) => (target, index)))
        {
            Check(target, $"Escalations:Targets:{index}", options, problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The secret's bytes, or null when it is none.</summary>
    internal static byte[]? ReadSecret(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= FewestSecretBytes ? bytes[..length] : null;
    }

    private static void Check(EscalationTarget target, string path, EscalationOptions options, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(target.Name) || options.Targets.Count(other => other.Name == target.Name) > 1)
        {
            problems.Add($"{path}:Name is '{target.Name}'. Give every target a name of its own.");
        }

        switch (target.Kind)
        {
            case EscalationTargetKind.None:
                problems.Add($"{path}:Kind is missing. Write Teams or Webhook: people would be promised a call of which nobody is told.");
                break;
            case EscalationTargetKind.Webhook:
                if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
                {
                    problems.Add($"{path}:Url is no https address (http is for this machine alone): telephone numbers go there.");
                }

                if (ReadSecret(target.Secret) is null)
                {
                    problems.Add($"{path}:Secret is not base64 of at least {FewestSecretBytes} bytes. Make one with: echo whsec_$(openssl rand -base64 32)");
                }

                break;
            case EscalationTargetKind.Teams:
                if (!target.ChannelId.StartsWith("19:", StringComparison.Ordinal) || !target.ChannelId.Contains("@thread", StringComparison.Ordinal))
                {
                    problems.Add($"{path}:ChannelId is '{target.ChannelId}'. It looks like 19:…@thread.tacv2: in Teams, 'Get link to channel', the part after /channel/, with %3a and %40 written as : and @.");
                }

                if (!Uri.TryCreate(target.ServiceUrl, UriKind.Absolute, out var service) || !(service.Scheme == Uri.UriSchemeHttps || service.IsLoopback))
                {
                    problems.Add($"{path}:ServiceUrl is '{target.ServiceUrl}', which is no https address.");
                }

                break;
        }
    }
}
