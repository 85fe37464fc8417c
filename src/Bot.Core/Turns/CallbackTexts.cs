using Bot.Core.Content;
using Bot.Core.Escalations;

namespace Bot.Core.Turns;

/// <summary>What the bot says to somebody who asks to be called, in one language. Numbers and what the person gave are still placeholders.</summary>
public sealed record CallbackTexts
{
    private static readonly string[] Own = ["desk", "hours", "number", "when", "name", "state", "countries", "days", "keepMinutes"];

    private readonly IReadOnlyDictionary<string, string> _texts;

    private CallbackTexts(IReadOnlyDictionary<string, string> texts) => _texts = texts;

    /// <summary>The text of the name; empty when the file, whose problems are told, lacks it.</summary>
    public string this[string name] => _texts.GetValueOrDefault(name, string.Empty);

    public string Of(CallTime time) => this["times." + time.ToWire()];

    public string Of(EscalationState state) => this["states." + state.ToWire()];

    public string Of(NumberProblem problem) => this["problems." + problem switch
    {
        NumberProblem.Impossible => "impossible",
        NumberProblem.NotAPersons => "notAPersons",
        NumberProblem.OtherCountry => "otherCountry",
        _ => "notRead",
    }];

    /// <summary>Every text, with the placeholders it cannot do without: a person who waits for a call always has the numbers.</summary>
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["ask"] = [],
        ["consent"] = ["desk", "days", "emergency", "crisis"],
        ["hoursKnown"] = ["hours"],
        ["hoursUnknown"] = [],
        ["yes"] = [],
        ["no"] = [],
        ["declined"] = ["emergency", "crisis"],
        ["number"] = [],
        ["problems.notRead"] = [],
        ["problems.impossible"] = [],
        ["problems.notAPersons"] = [],
        ["problems.otherCountry"] = ["countries"],
        ["confirm"] = ["number"],
        ["right"] = [],
        ["change"] = [],
        ["when"] = [],
        ["whenNotRead"] = [],
        ["nobodyThen"] = [],
        ["times.now"] = [],
        ["times.morning"] = [],
        ["times.afternoon"] = [],
        ["times.evening"] = [],
        ["times.tomorrow"] = [],
        ["times.tomorrowMorning"] = [],
        ["times.tomorrowAfternoon"] = [],
        ["times.tomorrowEvening"] = [],
        ["times.nextOpen"] = [],
        ["name"] = [],
        ["nameNotRead"] = [],
        ["skip"] = [],
        ["recorded"] = ["desk", "number", "when", "emergency", "crisis", "centre"],
        ["failed"] = ["emergency", "crisis", "centre"],
        ["already"] = ["number", "when", "emergency", "crisis"],
        ["tooOften"] = ["emergency", "crisis", "centre"],
        ["cancel"] = [],
        ["cancelled"] = ["emergency", "crisis"],
        ["nothing"] = ["emergency", "crisis"],
        ["known"] = ["number", "when", "name", "state", "days", "keepMinutes"],
        ["knownNothing"] = ["keepMinutes"],
        ["nameless"] = [],
        ["delete"] = [],
        ["deleted"] = ["emergency", "crisis"],
        ["stillOpen"] = [],
        ["resume"] = [],
        ["states.open"] = [],
        ["states.taken"] = [],
        ["states.reached"] = [],
        ["states.not-reached"] = [],
        ["states.closed"] = [],
        ["states.cancelled"] = [],
        ["news.taken"] = ["desk", "emergency", "crisis"],
        ["news.notReached"] = ["desk", "emergency", "crisis", "centre"],
        ["news.closed"] = ["emergency", "crisis", "centre"],
        ["news.failed"] = ["emergency", "crisis", "centre"],
    };

    internal static CallbackTexts Read(YamlValue? root)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        root?.AllowOnly([.. Needed.Keys.Select(path => path.Split('.')[0]).Distinct()]);
        foreach (var group in Needed.Keys.Where(path => path.Contains('.', StringComparison.Ordinal)).GroupBy(path => path.Split('.')[0]))
        {
            root?.Optional(group.Key)?.AllowOnly([.. group.Select(path => path.Split('.')[1])]);
        }

        foreach (var (path, needed) in Needed)
        {
            var parts = path.Split('.');
            var value = parts.Length == 1 ? root?.Required(path) : root?.Required(parts[0])?.Required(parts[1]);
            if (value is null)
            {
                continue;
            }

            ContentPlaceholders.Check(value, [.. ReplyTexts.Placeholders, .. Own]);
            foreach (var placeholder in needed.Where(placeholder => !value.Text.Contains("{" + placeholder + "}", StringComparison.Ordinal)))
            {
                value.Report($"'callback.{path}' must have {{{placeholder}}} in it.");
            }

            texts[path] = value.Text;
        }

        return new CallbackTexts(texts);
    }
}
