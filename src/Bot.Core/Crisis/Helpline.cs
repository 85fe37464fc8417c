using System.Globalization;
using PhoneNumbers;

namespace Bot.Core.Crisis;

/// <summary>A number as data: whose it is, what it is for, who answers, when, and when it was checked.</summary>
public sealed record Helpline
{
    public required string Id { get; init; }

    /// <summary>What it is for in a handoff: <c>emergency</c>, <c>crisis-line</c>, <c>centre</c>, <c>poison</c> and so on.</summary>
    public required string Role { get; init; }

    /// <summary>ISO 3166 code of the country in which the number works.</summary>
    public required string Country { get; init; }

    public required LocalText Name { get; init; }

    /// <summary>The number to call, as it is written for people; null when it takes texts only.</summary>
    public string? Call { get; init; }

    /// <summary>The number to text; null when it takes none.</summary>
    public string? TextTo { get; init; }

    /// <summary>The word to text, which may be empty for "anything".</summary>
    public LocalText TextWord { get; init; } = LocalText.Empty;

    /// <summary>Which key to press for the language.</summary>
    public LocalText Press { get; init; } = LocalText.Empty;

    public string? Chat { get; init; }

    /// <summary>The number for text telephones of deaf people, or null.</summary>
    public string? Tty { get; init; }

    public required LocalText Purpose { get; init; }

    public required LocalText AnsweredBy { get; init; }

    /// <summary>Null when nobody has confirmed the hours.</summary>
    public LocalText? Hours { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required string Source { get; init; }

    /// <summary>The day the entry was compared with its source, or null. Not the day somebody dialled it.</summary>
    public DateOnly? CheckedOn { get; init; }

    public string? CallUri => Call is null ? null : "tel:" + ToDialled(Call, Country);

    public string? TextUri(string language) => TextTo is null ? null
        : "sms:" + ToDialled(TextTo, Country) + (TextWord.In(language) is { Length: > 0 } word ? "?body=" + Uri.EscapeDataString(word) : string.Empty);

    public string HoursIn(string language) => Hours?.In(language) ?? (language == "es" ? "horario sin confirmar" : "hours not confirmed");

    /// <summary>Short codes (911, 988, 741741) as they are; everything else in the international form.</summary>
    internal static string ToDialled(string written, string country)
    {
        var digits = string.Concat(written.Where(char.IsAsciiDigit));
        return digits.Length <= 6
            ? digits
            : PhoneNumberUtil.GetInstance().Format(PhoneNumberUtil.GetInstance().Parse(written, country), PhoneNumberFormat.E164);
    }
}

/// <summary>A text in English and Spanish.</summary>
public sealed record LocalText(string English, string Spanish)
{
    public static LocalText Empty { get; } = new(string.Empty, string.Empty);

    public string In(string language) => language == "es" ? Spanish : English;
}

/// <summary>The helplines of one country, with the ones that must be there.</summary>
public sealed class HelplineDirectory
{
    private readonly IReadOnlyList<Helpline> _helplines;

    internal HelplineDirectory(IReadOnlyList<Helpline> helplines, Helpline emergency, Helpline crisisLine, Helpline centre, LocalText outside)
    {
        _helplines = helplines;
        Emergency = emergency;
        CrisisLine = crisisLine;
        Centre = centre;
        Outside = outside;
    }

    public Helpline Emergency { get; }

    public Helpline CrisisLine { get; }

    /// <summary>The treatment centre's own line: always among the numbers, always last, never called an emergency service.</summary>
    public Helpline Centre { get; }

    /// <summary>What people in other countries are told.</summary>
    public LocalText Outside { get; }

    /// <summary>Every helpline of the file, of all countries.</summary>
    public IReadOnlyList<Helpline> All => _helplines;

    public Helpline? Find(string role) => role switch
    {
        "centre" => Centre,
        _ => _helplines.FirstOrDefault(helpline => helpline.Role == role && helpline.Country == Emergency.Country),
    };

    /// <summary>What stands to be warned about at start: lines nobody has checked.</summary>
    public IEnumerable<Helpline> Unchecked => _helplines.Where(helpline => helpline.CheckedOn is null || helpline.Hours is null);

    /// <summary>Puts numbers in the place of <c>{emergency}</c>, <c>{crisis}</c>, <c>{poison}</c>, <c>{centre}</c>, <c>{centreLabel}</c> and <c>{centreHours}</c>.</summary>
    public string Fill(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (name, value) in Placeholders(language))
        {
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return text;
    }

    internal static readonly string[] PlaceholderNames = ["emergency", "crisis", "poison", "centre", "centreLabel", "centreHours"];

    private (string Name, string Value)[] Placeholders(string language) =>
    [
        ("emergency", Emergency.Call!),
        ("crisis", CrisisLine.Call!),
        ("poison", Find("poison")?.Call ?? Emergency.Call!),
        ("centre", Centre.Call!),
        ("centreLabel", Centre.Purpose.In(language)),
        ("centreHours", Centre.HoursIn(language)),
    ];
}

/// <summary>Which helpline and country a site uses.</summary>
public sealed class HelplineOptions
{
    public const string SectionName = "Helpline";

    /// <summary>The id of the treatment centre's line in <c>helplines.yml</c>.</summary>
    public string Id { get; set; } = "1st-step-text";

    /// <summary>ISO 3166 code of the country whose emergency number and crisis line are shown.</summary>
    public string Country { get; set; } = "US";

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} ({Country})");
}
