using Bot.Core.Content;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>Reads <c>dialogs/crisis/other-languages.yml</c>, and reports every problem with its line.</summary>
public static class OtherLanguagesReader
{
    /// <summary>Null, and a problem, when the file is no such file at all.</summary>
    /// <param name="file">Its path, for problems.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="problems">Where problems go.</param>
    public static OtherLanguages? Read(string file, string text, ICollection<ContentProblem> problems)
    {
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return null;
        }

        root.AllowOnly("languages");
        var profiles = new List<OtherLanguageProfile>();
        var phrases = new List<(string Slot, string Language, string Phrase)>();
        foreach (var language in root.Required("languages")?.Members ?? [])
        {
            language.AllowOnly("name", "help", "words", "letters", "cries", "harmless");
            var help = language.Required("help");
            CheckHelp(help, language.RequiredText("name"));
            profiles.Add(new OtherLanguageProfile(new OtherLanguage(language.Name, help?.Text ?? string.Empty), ReadWords(language), ReadLetters(language)));
            if (profiles[^1] is { Words.Count: 0, Letters.Count: 0 })
            {
                language.Report($"'{language.Name}' has neither 'words' nor 'letters', so it can never be told. Add one of them.");
            }

            var cries = language.Required("cries");
            cries?.AllowOnly([.. OtherLanguages.Cries.Select(cry => cry.Handoff)]);
            foreach (var cry in cries?.Members ?? [])
            {
                phrases.AddRange(CrisisContentReader.ReadPhrases(cry).Select(phrase => (cry.Name, language.Name, phrase)));
            }

            if (language.Optional(OtherLanguages.Harmless) is { } harmless)
            {
                phrases.AddRange(CrisisContentReader.ReadPhrases(harmless).Select(phrase => (OtherLanguages.Harmless, language.Name, phrase)));
            }
        }

        if (profiles.Count > OtherLanguages.MostLanguages)
        {
            root.Report($"There are {profiles.Count} languages; at most {OtherLanguages.MostLanguages} can be told apart. Delete some.");
            return null;
        }

        return new OtherLanguages(profiles, phrases);
    }

    /// <summary>Both numbers, and the English name of the language, which whoever answers must understand.</summary>
    private static void CheckHelp(YamlValue? help, string name)
    {
        if (help is null)
        {
            return;
        }

        ContentPlaceholders.Check(help, ["emergency", "crisis"]);
        foreach (var needed in new[] { "{emergency}", "{crisis}", name }.Where(needed => !help.Text.Contains(needed, StringComparison.Ordinal)))
        {
            help.Report($"'help' must have {needed} in it.");
        }
    }

    private static List<string> ReadWords(YamlValue language)
    {
        var words = new List<string>();
        foreach (var token in language.Optional("words") is { } value ? TextNormalizer.Tokenize(value.Text) : [])
        {
            if (StopWords.IsEnglishStopWord(token.Text) || StopWords.IsSpanishStopWord(token.Text))
            {
                language.Report($"'{token.Text}' is an English or Spanish word too, and tells nothing. Delete it from 'words'.");
            }

            words.Add(token.Text);
        }

        return words;
    }

    private static List<(char First, char Last)> ReadLetters(YamlValue language)
    {
        var ranges = new List<(char, char)>();
        foreach (var item in language.Optional("letters")?.Items ?? [])
        {
            switch (item.Text)
            {
                case [var letter]:
                    ranges.Add((letter, letter));
                    break;
                case [var first, '-', var last] when first < last:
                    ranges.Add((first, last));
                    break;
                default:
                    item.Report($"'{item.Text}' is no letter and no range of letters. Write one character, or two with '-' between, the lower first.");
                    break;
            }
        }

        return ranges;
    }
}
