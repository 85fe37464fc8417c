using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Core.Escalations;

/// <summary>When the people who call back are there: days and times of a week, in their own time zone.</summary>
public sealed partial class OpeningHours
{
    private static readonly string[] EnglishDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] SpanishDays = ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"];

    private readonly IReadOnlyList<Span> _spans;

    private OpeningHours(IReadOnlyList<Span> spans) => _spans = spans;

    /// <summary>Nobody has said when.</summary>
    public static OpeningHours Unknown { get; } = new([]);

    /// <summary>The day's name, shortened.</summary>
    public static string DayIn(string language, DayOfWeek day) => (language == "es" ? SpanishDays : EnglishDays)[(int)day];

    public bool IsKnown => _spans.Count > 0;

    /// <summary>Reads lines like <c>Mon-Fri 09:00-17:00</c> and <c>Sat 10:00-24:00</c>. Throws <see cref="FormatException"/> naming the line.</summary>
    public static OpeningHours Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new([.. lines.Select(line => Pattern().Match(line) is { Success: true } match ? Read(match, line) : throw Wrong(line))]);
    }

    /// <summary>True when somebody is there at some time between the two; always true when the hours are unknown.</summary>
    public bool Overlaps(DateTime from, DateTime until)
    {
        if (!IsKnown)
        {
            return true;
        }

        // A span may run from the evening before.
        for (var day = from.Date; day < until; day = day.AddDays(1))
        {
            if (_spans.Any(span => span.IsOn(day.DayOfWeek) && day + span.From < until && day + span.Until > from))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When somebody is there next, or still is; null when the hours are unknown.</summary>
    public (DateTime From, DateTime Until)? Next(DateTime now)
    {
        const int Week = 7;
        return Enumerable.Range(0, Week + 1)
            .SelectMany(days => _spans.Where(span => span.IsOn(now.Date.AddDays(days).DayOfWeek)).Select(span => (From: now.Date.AddDays(days) + span.From, Until: now.Date.AddDays(days) + span.Until)))
            .Where(span => span.Until > now)
            .OrderBy(span => span.From)
            .Select(span => ((DateTime, DateTime)?)(span.From < now ? now : span.From, span.Until))
            .FirstOrDefault();
    }

    /// <summary>The hours as a person reads them.</summary>
    public string Say(string language)
    {
        var days = language == "es" ? SpanishDays : EnglishDays;
        return string.Join(", ", _spans.Select(span => $"{days[(int)span.First]}{(span.First == span.Last ? string.Empty : "–" + days[(int)span.Last])} {Time(span.From)}–{Time(span.Until)}"));
    }

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}");

    private static Span Read(Match match, string line)
    {
        var first = Day(match.Groups["first"].Value);
        var last = match.Groups["last"].Success ? Day(match.Groups["last"].Value) : first;
        var (from, until) = (TimeOf(match.Groups["from"].Value), TimeOf(match.Groups["until"].Value));
        return from < until && until <= TimeSpan.FromHours(24) ? new Span(first, last, from, until) : throw Wrong(line);
    }

    private static DayOfWeek Day(string text) => (DayOfWeek)Array.FindIndex(EnglishDays, day => day.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan TimeOf(string text)
    {
        var parts = text.Split(':');
        return new TimeSpan(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), 0);
    }

    private static FormatException Wrong(string line) => new($"'{line}' is no opening time. Write days and times of one day like 'Mon-Fri 09:00-17:00' or 'Sat 10:00-24:00'.");

    [GeneratedRegex(@"^\s*(?<first>sun|mon|tue|wed|thu|fri|sat)(\s*-\s*(?<last>sun|mon|tue|wed|thu|fri|sat))?\s+(?<from>[01]?\d:[0-5]\d|2[0-3]:[0-5]\d)\s*-\s*(?<until>[01]?\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    private sealed record Span(DayOfWeek First, DayOfWeek Last, TimeSpan From, TimeSpan Until)
    {
        /// <summary>From Friday to Monday goes over the end of the week.</summary>
        public bool IsOn(DayOfWeek day) => First <= Last ? day >= First && day <= Last : day >= First || day <= Last;
    }
}
