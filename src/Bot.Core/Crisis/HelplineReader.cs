using System.Globalization;
using Bot.Core.Content;
using PhoneNumbers;

namespace Bot.Core.Crisis;

/// <summary>Reads <c>helplines.yml</c>. Without an emergency number, a crisis line and the centre's line there is no directory, and no start.</summary>
public static class HelplineReader
{
    public static HelplineDirectory? Read(string file, string text, HelplineOptions options, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problems);
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return null;
        }

        root.AllowOnly("helplines", "outside");
        var helplines = new List<Helpline>();
        foreach (var item in root.Required("helplines")?.Items ?? [])
        {
            if (!item.IsMap)
            {
                item.Report("A helpline must have members: id, role, country, name and so on. See dialogs/README.md.");
                continue;
            }

            var helpline = ReadHelpline(item);
            if (helplines.Exists(other => other.Id == helpline.Id))
            {
                item.Report($"The helpline id '{helpline.Id}' is already used. Choose another.");
            }

            helplines.Add(helpline);
        }

        var outside = ReadLocal(root.Required("outside")) ?? LocalText.Empty;
        var emergency = Require(file, helplines, "emergency", options, problems);
        var crisisLine = Require(file, helplines, "crisis-line", options, problems);
        var centre = helplines.Find(helpline => helpline.Id == options.Id && helpline.Role == "centre" && helpline.Call is not null);
        if (centre is null)
        {
            var known = string.Join(", ", helplines.Where(helpline => helpline.Role == "centre").Select(helpline => helpline.Id));
            problems.Add(new ContentProblem(file, 0, $"Helpline:Id is '{options.Id}', which is no helpline with the role 'centre' and a number to call. Known: {(known.Length > 0 ? known : "none")}."));
        }

        return emergency is null || crisisLine is null || centre is null ? null : new HelplineDirectory(helplines, emergency, crisisLine, centre, outside);
    }

    private static Helpline? Require(string file, List<Helpline> helplines, string role, HelplineOptions options, ICollection<ContentProblem> problems)
    {
        var helpline = helplines.Find(candidate => candidate.Role == role && candidate.Country == options.Country && candidate.Call is not null);
        if (helpline is null)
        {
            problems.Add(new ContentProblem(file, 0, $"There is no helpline with the role '{role}' and a number to call for the country '{options.Country}' (Helpline:Country). The bot does not start without it."));
        }

        return helpline;
    }

    private static Helpline ReadHelpline(YamlValue item)
    {
        item.AllowOnly("id", "role", "country", "name", "call", "text", "chat", "press", "purpose", "answeredBy", "hours", "languages", "source", "checkedOn", "tty");
        var country = item.RequiredText("country");
        var text = item.Optional("text");
        var hours = item.Required("hours");
        var helpline = new Helpline
        {
            Id = item.RequiredText("id"),
            Role = item.RequiredText("role"),
            Country = country,
            Name = ReadLocal(item.Required("name")) ?? LocalText.Empty,
            Call = ReadNumber(item.Optional("call"), country),
            TextTo = ReadNumber(text?.Required("to"), country),
            TextWord = ReadLocal(text?.Optional("say")) ?? LocalText.Empty,
            Press = ReadPress(item.Optional("press")),
            Chat = ReadChat(item.Optional("chat")),
            Tty = ReadNumber(item.Optional("tty"), country),
            Purpose = ReadLocal(item.Required("purpose")) ?? LocalText.Empty,
            AnsweredBy = ReadLocal(item.Required("answeredBy")) ?? LocalText.Empty,
            Hours = hours is null || !hours.IsMap && hours.Text == "unknown" ? null : ReadLocal(hours),
            Languages = item.Required("languages")?.Texts ?? [],
            Source = item.RequiredText("source"),
            CheckedOn = ReadDate(item.Optional("checkedOn")),
        };
        if (helpline.Call is null && helpline.TextTo is null)
        {
            item.Report($"The helpline '{helpline.Id}' has neither 'call' nor 'text'. Give it a number.");
        }

        return helpline;
    }

    private static LocalText? ReadLocal(YamlValue? value)
    {
        if (value is null)
        {
            return null;
        }

        if (!value.IsMap)
        {
            value.Report($"'{value.Name}' must have a text for each language: {{ en: …, es: … }}.");
            return null;
        }

        value.AllowOnly("en", "es");
        return new LocalText(value.RequiredText("en"), value.RequiredText("es"));
    }

    private static LocalText ReadPress(YamlValue? value) =>
        value is null ? LocalText.Empty : new LocalText(value.Optional("en")?.Text ?? string.Empty, value.Optional("es")?.Text ?? string.Empty);

    private static string? ReadNumber(YamlValue? value, string country)
    {
        if (value is null)
        {
            return null;
        }

        var digits = value.Text.Count(char.IsAsciiDigit);
        if (digits is >= 3 and <= 6 && value.Text.All(char.IsAsciiDigit))
        {
            return value.Text;
        }

        try
        {
            var util = PhoneNumberUtil.GetInstance();
            if (util.IsValidNumber(util.Parse(value.Text, country)))
            {
                return value.Text;
            }
        }
        catch (NumberParseException)
        {
            // Reported below with the same cure.
        }

        value.Report($"'{value.Text}' is not a phone number of '{country}'. Write it as people dial it there, or as a short code of 3 to 6 digits.");
        return null;
    }

    private static string? ReadChat(YamlValue? value)
    {
        if (value is not null && !(Uri.TryCreate(value.Text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        {
            value.Report($"'{value.Text}' is not an https address.");
            return null;
        }

        return value?.Text;
    }

    private static DateOnly? ReadDate(YamlValue? value)
    {
        if (value is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        value.Report($"'{value.Text}' is not a date. Write yyyy-MM-dd, or null when nobody has checked it.");
        return null;
    }
}
