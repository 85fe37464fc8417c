namespace Bot.Core.Turns;

/// <summary>What a channel hands to the responder.</summary>
/// <param name="Text">Everything the person typed, the fields of a card included.</param>
/// <param name="Button">What a pressed button stands for, or null for typed text.</param>
/// <param name="Locale">The language the channel names, for example "es-MX", or null.</param>
/// <param name="Channel">The Bot Framework channel, for example "directline" or "msteams", or null.</param>
/// <param name="TimeZone">The person's IANA time zone where the channel tells it, or null.</param>
public sealed record IncomingMessage(string Text, ReplyButton? Button = null, string? Locale = null, string? Channel = null, string? TimeZone = null);

/// <summary>A button under a reply. Pressing it works like typing its title, and says exactly what was meant.</summary>
/// <param name="Title">What it says.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Value">The answer's id, the safety choice or the choice on the way to a call; empty otherwise.</param>
public sealed record ReplyButton(string Title, ReplyButtonKind Kind, string Value);

public enum ReplyButtonKind
{
    Answer,
    Safety,
    NoneOfThese,

    /// <summary>A choice on the way to a call.</summary>
    Callback,
}
