using System.Text;
using Bot.Core.Content;

namespace Bot.Core.Crisis;

/// <summary>What is said when a person is sent to a phone number, in one language.</summary>
public sealed class HandoffTexts
{
    /// <summary>Texts that the bot needs whatever the rules say.</summary>
    public static readonly IReadOnlyList<string> AlwaysNeeded = [.. NamedDanger.Handoffs, "help-now", "someone-else", "information", "distress"];

    private readonly Dictionary<string, HandoffText> _texts;
    private readonly string _about;
    private readonly string _stepsFrom;

    private HandoffTexts(string language, Dictionary<string, HandoffText> texts, string about, string stepsFrom)
    {
        Language = language;
        _texts = texts;
        _about = about;
        _stepsFrom = stepsFrom;
    }

    public string Language { get; }

    public bool Has(string id) => _texts.ContainsKey(id);

    /// <summary>The whole message: heard, the right number first, at most three steps, other lines, what the bot is.</summary>
    /// <param name="id">Which handoff.</param>
    /// <param name="isAboutSomeoneElse">True to speak to the one who helps.</param>
    /// <param name="isRepeated">True after an earlier handoff in the conversation: nothing is said twice word for word.</param>
    /// <param name="helplines">The numbers.</param>
    public HandoffMessage Compose(string id, bool isAboutSomeoneElse, bool isRepeated, HelplineDirectory helplines)
    {
        ArgumentNullException.ThrowIfNull(helplines);
        var text = _texts[id];
        var lines = text.Roles.Select(helplines.Find).OfType<Helpline>().ToList();
        var steps = isAboutSomeoneElse ? text.OtherSteps : text.SelfSteps;

        var builder = new StringBuilder(isRepeated ? text.Again : isAboutSomeoneElse ? text.Other : text.Self).Append("\n\n");
        for (var i = 0; i < steps.Count; i++)
        {
            builder.Append(i + 1).Append(". ").Append(steps[i].Text).Append('\n');
        }

        builder.Append(steps.Count > 0 ? "\n" : string.Empty);
        foreach (var line in lines)
        {
            builder.Append("- ").Append(Describe(line)).Append('\n');
        }

        builder.Append('\n').Append(helplines.Outside.In(Language)).Append("\n\n").Append(_about);
        if (steps.Count > 0)
        {
            var sources = string.Join("; ", steps.SelectMany(step => step.Source.Split("; ")).Distinct(StringComparer.Ordinal));
            builder.Append(' ').Append(_stepsFrom.Replace("{sources}", sources, StringComparison.Ordinal));
        }

        return new HandoffMessage(helplines.Fill(builder.ToString(), Language), [.. lines.SelectMany(ActionsOf)]);
    }

    /// <summary>Reads one language's file, and reports every problem with its line.</summary>
    public static HandoffTexts? Read(string file, string language, string text, ICollection<ContentProblem> problems)
    {
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return null;
        }

        root.AllowOnly("about", "stepsFrom", "handoffs");
        var texts = new Dictionary<string, HandoffText>(StringComparer.Ordinal);
        foreach (var item in root.Required("handoffs")?.Members ?? [])
        {
            if (item.IsMap)
            {
                texts[item.Name] = ReadHandoff(item);
            }
            else
            {
                item.Report($"The handoff '{item.Name}' must have members: self, other, again, lines, steps.");
            }
        }

        foreach (var needed in AlwaysNeeded.Where(needed => !texts.ContainsKey(needed)))
        {
            root.Report($"There is no handoff '{needed}'. The bot does not start without it.");
        }

        return new HandoffTexts(language, texts, root.RequiredText("about"), root.RequiredText("stepsFrom"));
    }

    private static HandoffText ReadHandoff(YamlValue item)
    {
        item.AllowOnly("self", "other", "again", "lines", "steps", "selfSteps", "otherSteps");
        var shared = item.Optional("steps");
        var roles = item.Required("lines")?.Texts ?? [];
        if (roles.Count == 0 || roles[0] is not ("emergency" or "crisis-line" or "poison") || !roles.Contains("centre") || !roles.Contains("crisis-line") || !roles.Contains("emergency"))
        {
            item.Report($"The lines of '{item.Name}' must begin with emergency, crisis-line or poison and have all of emergency, crisis-line and centre.");
        }

        return new HandoffText(
            ReadText(item, "self"),
            ReadText(item, "other"),
            ReadText(item, "again"),
            roles,
            ReadSteps(item.Optional("selfSteps") ?? shared),
            ReadSteps(item.Optional("otherSteps") ?? shared));
    }

    private static string ReadText(YamlValue item, string name)
    {
        var value = item.Required(name);
        if (value is null)
        {
            return string.Empty;
        }

        ContentPlaceholders.Check(value, HelplineDirectory.PlaceholderNames);
        return value.Text;
    }

    private static List<HandoffStep> ReadSteps(YamlValue? steps)
    {
        const int MostSteps = 3;
        var read = new List<HandoffStep>();
        foreach (var step in steps is null ? [] : steps.Items)
        {
            step.AllowOnly("text", "source");
            read.Add(new HandoffStep(ReadText(step, "text"), step.RequiredText("source")));
        }

        if (read.Count > MostSteps)
        {
            steps!.Report($"There are {read.Count} steps; a person in danger reads at most {MostSteps}. Drop some.");
        }

        return read;
    }

    private string Describe(Helpline line)
    {
        var ways = new List<string>();
        if (line.TextTo is not null)
        {
            var word = line.TextWord.In(Language);
            ways.Add(Language == "es"
                ? $"mensaje: {(word.Length > 0 ? word + " al " : "al ")}{line.TextTo}"
                : word.Length > 0 ? $"text {word} to {line.TextTo}" : $"text {line.TextTo}");
        }

        if (line.Press.In(Language) is { Length: > 0 } key)
        {
            ways.Add(Language == "es" ? $"oprima {key}" : $"press {key}");
        }

        if (line.Chat is not null)
        {
            ways.Add("chat " + new Uri(line.Chat).Host);
        }

        if (line.Tty is not null)
        {
            ways.Add("TTY " + line.Tty);
        }

        ways.Add(line.HoursIn(Language));
        var number = line.Call ?? line.TextTo;
        return $"**{number}** {line.Name.In(Language)}: {line.Purpose.In(Language)} ({string.Join("; ", ways)})";
    }

    private IEnumerable<HelpAction> ActionsOf(Helpline line)
    {
        if (line.Call is { } call)
        {
            // The centre's button says whose line it is: it must not pass for a neutral one.
            var label = line.Role == "centre" ? $" ({line.Name.In(Language)})" : string.Empty;
            yield return new HelpAction((Language == "es" ? "Llamar al " : "Call ") + call + label, line.CallUri!, HelpActionKind.Call);
        }

        if (line.TextUri(Language) is { } textUri)
        {
            var word = line.TextWord.In(Language);
            var title = Language == "es"
                ? $"Mensaje {(word.Length > 0 ? word + " " : string.Empty)}al {line.TextTo}"
                : word.Length > 0 ? $"Text {word} to {line.TextTo}" : $"Text {line.TextTo}";
            yield return new HelpAction(title, textUri, HelpActionKind.Text);
        }

        if (line.Chat is { } chat)
        {
            yield return new HelpAction("Chat: " + new Uri(chat).Host, chat, HelpActionKind.Link);
        }
    }

    private sealed record HandoffText(
        string Self, string Other, string Again, IReadOnlyList<string> Roles, IReadOnlyList<HandoffStep> SelfSteps, IReadOnlyList<HandoffStep> OtherSteps);

    private sealed record HandoffStep(string Text, string Source);
}

/// <summary>A handoff, ready to be shown: the text, with every number in full, and the same numbers as buttons.</summary>
public sealed record HandoffMessage(string Text, IReadOnlyList<HelpAction> Actions);

/// <summary>A button that calls, texts or opens a chat.</summary>
/// <param name="Title">What it says; a number stands in it in full.</param>
/// <param name="Uri">A <c>tel:</c>, <c>sms:</c> or <c>https:</c> address.</param>
/// <param name="Kind">What it does.</param>
public sealed record HelpAction(string Title, string Uri, HelpActionKind Kind);

public enum HelpActionKind
{
    Call,
    Text,
    Link,
}
