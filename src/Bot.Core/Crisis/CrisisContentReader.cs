using Bot.Core.Content;

namespace Bot.Core.Crisis;

/// <summary>Reads lexicons and rules (<c>dialogs/crisis</c>), and reports every problem with its line.</summary>
public static class CrisisContentReader
{
    private const int DefaultGap = 3;
    private const int DefaultWindow = 12;

    private static readonly string[] Categories =
    [
        "overdose-now", "medical-emergency", "poisoning", "suicide-ideation", "self-harm", "harm-to-others", "abuse-violence", "acute-withdrawal", "distress", "information", "personal-advice",
    ];

    private static readonly string[] CircumstanceSlots = [CrisisRuleSet.Negation, CrisisRuleSet.Past, "report", "generic", "info-frame", "joke"];

    /// <summary>The lexicon's entries of one language file.</summary>
    public static IReadOnlyList<(string Slot, string Language, string Phrase)> ReadLexicon(string file, string language, string text, ICollection<ContentProblem> problems)
    {
        var entries = new List<(string, string, string)>();
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return entries;
        }

        root.AllowOnly("slots");
        foreach (var slot in root.Required("slots")?.Members ?? [])
        {
            entries.AddRange(ReadPhrases(slot).Select(phrase => (slot.Name, language, phrase)));
        }

        return entries;
    }

    /// <summary>The phrases of one slot; what is none is reported and left out.</summary>
    internal static IReadOnlyList<string> ReadPhrases(YamlValue slot)
    {
        var phrases = new List<string>();
        foreach (var item in slot.Items)
        {
            var phrase = item.Text;
            if (phrase.Length == 0 || !Phrase.Read(phrase).Any() || Phrase.Read(phrase).First()[0].IsGap)
            {
                item.Report($"The phrase '{phrase}' of '{slot.Name}' has no word to begin with. Begin with a word, not with '~' or '?'.");
            }
            else if (phrases.Contains(phrase))
            {
                item.Report($"The phrase '{phrase}' of '{slot.Name}' is there twice. Delete one.");
            }
            else
            {
                phrases.Add(phrase);
            }
        }

        return phrases;
    }

    /// <summary>The rules, and whether each of their examples is caught as it says.</summary>
    public static CrisisRuleSet? ReadRules(string file, string text, CrisisLexicon lexicon, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(problems);
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return null;
        }

        var before = problems.Count;
        root.AllowOnly("rules");
        var rules = new List<CrisisRule>();
        foreach (var item in root.Required("rules")?.Items ?? [])
        {
            if (ReadRule(item, lexicon) is not { } rule)
            {
                continue;
            }

            if (rules.Exists(other => other.Id == rule.Id))
            {
                item.Report($"The rule id '{rule.Id}' is already used. Choose another.");
            }

            rules.Add(rule);
        }

        if (rules.Count == 0)
        {
            problems.Add(new ContentProblem(file, 0, "There is no crisis rule. The bot does not start without any."));
        }

        var ruleSet = new CrisisRuleSet(lexicon, rules);
        if (problems.Count == before)
        {
            CheckExamples(file, ruleSet, problems);
        }

        return ruleSet;
    }

    /// <summary>Sentences that look like a crisis and are none: each must pass without a hard finding.</summary>
    public static void CheckLookAlikes(string file, string text, CrisisScreen screen, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(screen);
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return;
        }

        root.AllowOnly("mustPass");
        foreach (var item in root.Required("mustPass")?.Items ?? [])
        {
            if (screen.Screen(item.Text).Danger is { Tier: CrisisTier.Hard } finding)
            {
                item.Report($"'{item.Text}' must pass, but rule '{finding.RuleId}' hands it off for '{item.Text.Substring(finding.Start, finding.Length)}'. Narrow the rule, or add an idiom.");
            }
        }
    }

    /// <summary>The sentences of the file; none when it cannot be read, which <see cref="CheckLookAlikes"/> reports.</summary>
    public static IReadOnlyList<string> ReadLookAlikes(string file, string text) =>
        [.. (YamlFile.Parse(file, text, [])?.Root.Optional("mustPass")?.Items ?? []).Select(item => item.Text)];

    /// <summary>Words that are spelt like a crisis word and are not one.</summary>
    public static IReadOnlyList<string> ReadOrdinaryWords(string file, string text, ICollection<ContentProblem> problems) =>
        YamlFile.Parse(file, text, problems)?.Root.Required("ordinaryWords")?.Items
            .SelectMany(item => item.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList() ?? [];

    private static CrisisRule? ReadRule(YamlValue item, CrisisLexicon lexicon)
    {
        if (!item.IsMap)
        {
            item.Report("A rule must have members: id, category, tier, handoff, all or sequence, examples.");
            return null;
        }

        item.AllowOnly("id", "category", "tier", "handoff", "all", "sequence", "window", "gap", "unless", "when", "about", "alone", "examples");
        var sequence = item.Optional("sequence");
        var all = item.Optional("all");
        if (sequence is null == all is null)
        {
            item.Report("A rule has either 'all' (in any order) or 'sequence' (in this order), not both and not none.");
        }

        var reach = item.Optional(sequence is null ? "window" : "gap");
        var reachWords = sequence is null ? DefaultWindow : DefaultGap;
        if (reach is not null && (!int.TryParse(reach.Text, out reachWords) || reachWords is < 0 or > 40))
        {
            reach.Report($"'{reach.Name}' is '{reach.Text}'; it must be a number of words from 0 to 40.");
        }

        var category = item.RequiredText("category");
        if (category.Length > 0 && !Categories.Contains(category))
        {
            item.Report($"The category '{category}' is not known. Known: {string.Join(", ", Categories)}.");
        }

        var tier = ReadTier(item.Required("tier")) ?? CrisisTier.Hard;
        return new CrisisRule
        {
            Id = item.RequiredText("id"),
            Category = category,
            Tier = tier,
            Handoff = tier == CrisisTier.Advice ? string.Empty : item.RequiredText("handoff"),
            Groups = [.. (sequence ?? all)?.Items.Select(group => ReadGroup(group, lexicon)) ?? []],
            InOrder = sequence is not null,
            Reach = reachWords,
            Circumstances = ReadCircumstances(item, lexicon),
            Unless = [.. item.Optional("unless")?.Items.SelectMany(slot => ReadGroup(slot, lexicon)) ?? []],
            IsAboutSomeoneElse = ReadAbout(item.Optional("about")),
            IsAlone = ReadAlone(item.Optional("alone")),
            Line = item.Line,
            Examples = item.Required("examples")?.Texts ?? [],
        };
    }

    private static bool? ReadAbout(YamlValue? value)
    {
        if (value is not null && value.Text is not ("self" or "other"))
        {
            value.Report($"'about' is '{value.Text}'; it must be self or other.");
        }

        return value is null ? null : value.Text == "other";
    }

    private static bool ReadAlone(YamlValue? value)
    {
        if (value is not null && value.Text is not ("true" or "false"))
        {
            value.Report($"'alone' is '{value.Text}'; it must be true or false.");
        }

        return value?.Text == "true";
    }

    private static int[] ReadGroup(YamlValue group, CrisisLexicon lexicon)
    {
        var slots = new List<int>();
        foreach (var name in group.Text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (lexicon.FindSlot(name) is { } slot)
            {
                slots.Add(slot);
            }
            else
            {
                group.Report($"The slot '{name}' is in no lexicon. Known: {string.Join(", ", lexicon.SlotNames.Order(StringComparer.Ordinal))}.");
            }
        }

        return [.. slots];
    }

    /// <summary>Unless a rule says otherwise, what is denied, past, reported or general is no longer hard, and help is still offered.</summary>
    private static Dictionary<int, CrisisTier?> ReadCircumstances(YamlValue item, CrisisLexicon lexicon)
    {
        var circumstances = new Dictionary<int, CrisisTier?>();
        foreach (var name in new[] { CrisisRuleSet.Negation, CrisisRuleSet.Past, "report" })
        {
            if (lexicon.FindSlot(name) is { } slot)
            {
                circumstances[slot] = CrisisTier.Soft;
            }
        }

        foreach (var circumstance in item.Optional("when")?.Members ?? [])
        {
            if (!CircumstanceSlots.Contains(circumstance.Name))
            {
                circumstance.Report($"'{circumstance.Name}' is no circumstance. Known: {string.Join(", ", CircumstanceSlots)}.");
            }
            else if (lexicon.FindSlot(circumstance.Name) is { } slot)
            {
                circumstances[slot] = circumstance.Text == "pass" ? null : ReadTier(circumstance);
            }
        }

        return circumstances;
    }

    private static CrisisTier? ReadTier(YamlValue? value)
    {
        switch (value?.Text)
        {
            case null:
                return null;
            case "hard":
                return CrisisTier.Hard;
            case "soft":
                return CrisisTier.Soft;
            case "advice":
                return CrisisTier.Advice;
            default:
                value.Report($"'{value.Name}' is '{value.Text}'; it must be hard, soft or advice.");
                return null;
        }
    }

    private static void CheckExamples(string file, CrisisRuleSet ruleSet, ICollection<ContentProblem> problems)
    {
        foreach (var rule in ruleSet.Rules)
        {
            foreach (var example in rule.Examples)
            {
                if (!ruleSet.Find(example).Any(finding => finding.RuleId == rule.Id && finding.Tier == rule.Tier))
                {
                    problems.Add(new ContentProblem(file, rule.Line, $"The rule '{rule.Id}' does not catch its own example '{example}'. Mend the rule, the lexicon or the example."));
                }
            }
        }
    }
}
