using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Bot.Core.Escalations;

/// <summary>What is true of the people who call back: whether there are any, who they are, when they are there, where they call.</summary>
public sealed partial class EscalationDesk(IOptions<EscalationOptions> options, TimeProvider timeProvider)
{
    private static readonly string[] SpanishMonths = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

    private readonly EscalationOptions _options = options.Value;
    private readonly OpeningHours _hours = OpeningHours.Parse(options.Value.Hours);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>True when somebody is told; otherwise nobody is offered a call.</summary>
    public bool IsOffered => _options.Targets.Length > 0;

    /// <summary>Countries to which they call; the first is taken for a number without a country's code.</summary>
    public IReadOnlyList<string> Countries => _options.Countries;

    /// <summary>Days for which a request is kept after it is over.</summary>
    public int KeepDays => _options.KeepDays;

    /// <summary>When they are there, as a person reads it; null when that is not known.</summary>
    public string? HoursIn(string language) => _hours.IsKnown ? $"{_hours.Say(language)} ({ZoneName})" : null;

    public string NameIn(string language) => language == "es" && _options.DeskInSpanish.Length > 0 ? _options.DeskInSpanish : _options.Desk;

    /// <summary>The choices that make sense now: none that is over, and none when nobody is there.</summary>
    /// <param name="timeZone">The person's IANA time zone, or null for the desk's.</param>
    public IReadOnlyList<CallTime> Choices(string? timeZone)
    {
        CallTime[] plain = [CallTime.Now, CallTime.Morning, CallTime.Afternoon, CallTime.Evening, CallTime.Tomorrow];
        var choices = plain.Where(time => WindowOf(time, timeZone) is not null).ToList();
        if (choices is [] or [not CallTime.Now, ..] && _hours.IsKnown)
        {
            choices.Add(CallTime.NextOpen);
        }

        return choices;
    }

    /// <summary>The hours meant by the choice; null when they are over, or nobody is there then.</summary>
    /// <param name="time">The choice.</param>
    /// <param name="timeZone">The person's IANA time zone, or null for the desk's.</param>
    public (DateTimeOffset From, DateTimeOffset Until)? WindowOf(CallTime time, string? timeZone)
    {
        var now = timeProvider.GetUtcNow();
        if (time == CallTime.NextOpen)
        {
            return _hours.Next(At(now, _zone)) is { } next ? (At(next.From, _zone), At(next.Until, _zone)) : null;
        }

        var zone = ZoneOf(timeZone) ?? _zone;
        if (CallTimes.WindowOf(time, At(now, zone)) is not { } window)
        {
            return null;
        }

        var (from, until) = (At(window.From, zone), At(window.Until, zone));

        // "Now" is a question of whether somebody is there now, not in an hour.
        var end = time == CallTime.Now ? from.AddMinutes(1) : until;
        return _hours.Overlaps(At(from, _zone), At(end, _zone)) ? (from, until) : null;
    }

    /// <summary>A time on the desk's clock, as staff read it.</summary>
    public string Clock(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{At(time, _zone):ddd d MMM HH:mm} ({ZoneName})");

    /// <summary>The time zone as it may be kept: null when it is none.</summary>
    public static string? KnownZone(string? name) => ZoneOf(name) is null ? null : name;

    /// <summary>When the call is wanted, on the desk's clock.</summary>
    public string Say(CallbackRequest request, string language)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Say(request, language, _zone, ZoneName);
    }

    /// <summary>When the call is wanted, on the person's own clock where it is known.</summary>
    public string SayToPerson(CallbackRequest request, string language)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ZoneOf(request.TimeZone) is { } own ? Say(request, language, own, NameOf(request.TimeZone!)) : Say(request, language, _zone, ZoneName);
    }

    private static string Say(CallbackRequest request, string language, TimeZoneInfo zone, string zoneName)
    {
        var (from, until) = (At(request.From, zone), At(request.Until, zone));
        var day = OpeningHours.DayIn(language, from.DayOfWeek);
        var month = language == "es" ? SpanishMonths[from.Month - 1] : from.ToString("MMM", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{day} {from.Day} {month} {from:HH:mm}–{until:HH:mm} ({zoneName})");
    }

    /// <summary>A client's word is looked for among the zones only when it looks like one.</summary>
    private static TimeZoneInfo? ZoneOf(string? name) => name is not null && ZonePattern().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static string NameOf(string zone) => zone.Split('/')[^1].Replace('_', ' ');

    private string ZoneName => NameOf(_options.TimeZone);

    private static DateTime At(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).DateTime;

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        // An hour that the clocks leave out is the one after.
        var real = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(real, zone.GetUtcOffset(real)).ToUniversalTime();
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+/-]{1,63}$")]
    private static partial Regex ZonePattern();
}
