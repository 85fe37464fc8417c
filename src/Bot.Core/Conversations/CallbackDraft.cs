namespace Bot.Core.Conversations;

/// <summary>
/// What a person has said so far of the call they are asking for; gone when they have finished, or when they turn to something urgent.
/// A class with plain setters, since both flavours of the Bot Framework store it as JSON.
/// </summary>
public sealed class CallbackDraft
{
    /// <summary>"en" or "es": a number says nothing of a language.</summary>
    public string Language { get; set; } = "en";

    /// <summary>What is asked now.</summary>
    public string Step { get; set; } = string.Empty;

    /// <summary>In the international form, or null.</summary>
    public string? Number { get; set; }

    /// <summary>Which of the times offered, or null.</summary>
    public string? Time { get; set; }

    /// <summary>The person's IANA time zone where their device told it, or null.</summary>
    public string? TimeZone { get; set; }
}
