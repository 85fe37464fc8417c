using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Core.Escalations;

/// <summary>When a person wants to be called: one of a few plain choices. Whatever is written is kept to those.</summary>
public enum CallTime
{
    Now,
    Morning,
    Afternoon,
    Evening,
    Tomorrow,
    TomorrowMorning,
    TomorrowAfternoon,
    TomorrowEvening,

    /// <summary>When somebody is there again, whenever that is.</summary>
    NextOpen,
}

public static partial class CallTimes
{
    private const int DayBegins = 8;
    private const int Noon = 12;
    private const int EveningBegins = 17;
    private const int DayEnds = 21;

    /// <summary>The choice as it stands in content files and in a button's value.</summary>
    public static string ToWire(this CallTime time) => time switch
    {
        CallTime.Now => "now",
        CallTime.Morning => "morning",
        CallTime.Afternoon => "afternoon",
        CallTime.Evening => "evening",
        CallTime.Tomorrow => "tomorrow",
        CallTime.TomorrowMorning => "tomorrowMorning",
        CallTime.TomorrowAfternoon => "tomorrowAfternoon",
        CallTime.TomorrowEvening => "tomorrowEvening",
        CallTime.NextOpen => "nextOpen",
        _ => throw new ArgumentOutOfRangeException(nameof(time), time, null),
    };

    public static CallTime? FromWire(string? text) => Enum.GetValues<CallTime>().Cast<CallTime?>().FirstOrDefault(time => time!.Value.ToWire() == text);

    /// <summary>The hours meant, on the clock of whoever says it. Null when that time of today is over, and for <see cref="CallTime.NextOpen"/>.</summary>
    /// <param name="time">The choice.</param>
    /// <param name="now">Now, on the same clock.</param>
    public static (DateTime From, DateTime Until)? WindowOf(CallTime time, DateTime now)
    {
        var tomorrow = now.Date.AddDays(1);
        var (from, until) = time switch
        {
            CallTime.Now => (now, now.AddHours(1)),
            CallTime.Morning => (now.Date.AddHours(DayBegins), now.Date.AddHours(Noon)),
            CallTime.Afternoon => (now.Date.AddHours(Noon), now.Date.AddHours(EveningBegins)),
            CallTime.Evening => (now.Date.AddHours(EveningBegins), now.Date.AddHours(DayEnds)),
            CallTime.TomorrowMorning => (tomorrow.AddHours(DayBegins), tomorrow.AddHours(Noon)),
            CallTime.TomorrowAfternoon => (tomorrow.AddHours(Noon), tomorrow.AddHours(EveningBegins)),
            CallTime.TomorrowEvening => (tomorrow.AddHours(EveningBegins), tomorrow.AddHours(DayEnds)),
            CallTime.NextOpen => (now, now),
            _ => (tomorrow.AddHours(DayBegins), tomorrow.AddHours(DayEnds)),
        };
        return until <= now ? null : (from < now ? now : from, until);
    }

    /// <summary>The choice that a text names, in either language, or null.</summary>
    public static CallTime? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isTomorrow = TomorrowPattern().IsMatch(text);
        var part = MorningPattern().IsMatch(text) ? CallTime.Morning
            : AfternoonPattern().IsMatch(text) ? CallTime.Afternoon
            : EveningPattern().IsMatch(text) ? CallTime.Evening
            : HourOf(text) is { } hour ? PartOf(hour)
            : (CallTime?)null;
        return (isTomorrow, part) switch
        {
            (true, CallTime.Morning) => CallTime.TomorrowMorning,
            (true, CallTime.Afternoon) => CallTime.TomorrowAfternoon,
            (true, CallTime.Evening) => CallTime.TomorrowEvening,
            (true, _) => CallTime.Tomorrow,
            (false, not null) => part,
            _ => NowPattern().IsMatch(text) ? CallTime.Now : null,
        };
    }

    private static CallTime PartOf(int hour) => hour < Noon ? CallTime.Morning : hour < EveningBegins ? CallTime.Afternoon : CallTime.Evening;

    /// <summary>"after 5", "at 5 pm", "a las 17": without more, nobody means the night.</summary>
    private static int? HourOf(string text)
    {
        if (HourPattern().Match(text) is not { Success: true } match || int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture) is var hour && hour > 23)
        {
            return null;
        }

        var half = match.Groups["half"].Value;
        return half.StartsWith('p') && hour < Noon ? hour + Noon
            : half.StartsWith('a') ? hour % Noon
            : hour < DayBegins ? hour + Noon
            : hour;
    }

    [GeneratedRegex(@"\btomorrow\b|(?<!(por|en|de|a) la )(?<!esta )\bma[ñn]ana\b", RegexOptions.IgnoreCase)]
    private static partial Regex TomorrowPattern();

    [GeneratedRegex(@"\bmorning\b|(?<=(por|en|de|a) la )\bma[ñn]ana\b|(?<=esta )\bma[ñn]ana\b", RegexOptions.IgnoreCase)]
    private static partial Regex MorningPattern();

    [GeneratedRegex(@"\bafternoon\b|\bnoon\b|\blunch\b|\btarde\b(?! o temprano)|\bmediod[ií]a\b", RegexOptions.IgnoreCase)]
    private static partial Regex AfternoonPattern();

    [GeneratedRegex(@"\bevening\b|\btonight\b|\bnight\b|\bafter work\b|\bnoche\b", RegexOptions.IgnoreCase)]
    private static partial Regex EveningPattern();

    [GeneratedRegex(@"\b(now|right away|asap|as soon as possible|immediately|any ?time|whenever|ahora|ya|cuanto antes|cualquier hora|cuando sea)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NowPattern();

    [GeneratedRegex(@"\b(at|after|around|by|from|a las?|despu[eé]s de las?|desde las?|hacia las?)\s+(?<hour>\d{1,2})(:\d\d)?\s*(?<half>[ap]\.?m\b)?(?![\d-])|\b(?<hour>\d{1,2})(:\d\d)?\s*(?<half>[ap]\.?m\b)", RegexOptions.IgnoreCase)]
    private static partial Regex HourPattern();
}
