using System.Numerics;
using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>A language that the bot does not read.</summary>
/// <param name="Code">ISO 639-1, or "und" for a script of which nothing more is known.</param>
/// <param name="Help">The numbers in that language, still as placeholders; empty when nobody has written it.</param>
public sealed record OtherLanguage(string Code, string Help)
{
    public static OtherLanguage Unknown { get; } = new("und", string.Empty);
}

/// <summary>
/// The gravest cries in languages that the bot does not read, and how such a language is told from English and Spanish
/// (<c>dialogs/crisis/other-languages.yml</c>). Immutable, thread-safe, pure.
/// </summary>
public sealed class OtherLanguages
{
    internal const string Harmless = "harmless";

    /// <summary>Most languages of one file: as many as a number has bits.</summary>
    internal const int MostLanguages = 32;

    /// <summary>The handoffs that a cry may lead to, the gravest first, with the category of each.</summary>
    internal static readonly IReadOnlyList<(string Handoff, string Category, bool IsAboutSomeoneElse)> Cries =
    [
        ("overdose", "overdose-now", true), ("took-too-much", "poisoning", false), ("suicide", "suicide-ideation", false), ("violence", "abuse-violence", false),
    ];

    /// <summary>Fewer may be a name or a borrowed word.</summary>
    private const int FewestWords = 2;
    private const int FewestLetters = 2;

    private readonly IReadOnlyList<OtherLanguageProfile> _profiles;
    private readonly CrisisLexicon _lexicon;
    private readonly int? _harmless;
    private readonly int?[] _slots;

    /// <summary>Which languages have the word among their common ones: one bit each, in the order of the profiles.</summary>
    private readonly Dictionary<string, uint> _words = new(StringComparer.Ordinal);

    internal OtherLanguages(IReadOnlyList<OtherLanguageProfile> profiles, IEnumerable<(string Slot, string Language, string Phrase)> cries)
    {
        _profiles = profiles;
        _lexicon = new CrisisLexicon(cries, [], isLiteral: true);
        _harmless = _lexicon.FindSlot(Harmless);
        _slots = [.. Cries.Select(cry => _lexicon.FindSlot(cry.Handoff))];
        for (var i = 0; i < profiles.Count; i++)
        {
            foreach (var word in profiles[i].Words)
            {
                _words[word] = _words.GetValueOrDefault(word) | 1u << i;
            }
        }
    }

    public IEnumerable<OtherLanguage> All => _profiles.Select(profile => profile.Language);

    public OtherLanguage? Find(string code) => _profiles.FirstOrDefault(profile => profile.Language.Code == code)?.Language;

    /// <summary>The gravest cry, or null. Its rule is named after handoff and language, as in <c>suicide.fr</c>.</summary>
    /// <param name="tokens">The words of what was typed.</param>
    internal CrisisFinding? FindCry(IReadOnlyList<Token> tokens)
    {
        var found = _lexicon.Match(tokens, _harmless);
        for (var i = 0; i < Cries.Count && found.Matches.Count > 0; i++)
        {
            if (_slots[i] is not { } slot || found.Matches.FindIndex(match => match.Slot == slot) is not (>= 0 and var at))
            {
                continue;
            }

            var (handoff, category, isAboutSomeoneElse) = Cries[i];
            var match = found.Matches[at];
            var start = found.Tokens[match.Start].Start;
            return new CrisisFinding($"{handoff}.{match.Language}", category, CrisisTier.Hard, handoff, match.Language, isAboutSomeoneElse, start, found.Tokens[match.End - 1].End - start);
        }

        return null;
    }

    /// <summary>The language of a text that is neither English nor Spanish; null when it may be one of these.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words.</param>
    internal OtherLanguage? Guess(string text, IReadOnlyList<Token> tokens) => GuessByLetters(text) ?? GuessByWords(tokens);

    /// <summary>Most letters are of another script, and not of those that are drawn like Latin ones to get past filters.</summary>
    private OtherLanguage? GuessByLetters(string text)
    {
        if (Ascii.IsValid(text))
        {
            return null;
        }

        var (latin, other, plain) = (0, 0, 0);
        foreach (var c in text.Where(char.IsLetter))
        {
            if (IsLatin(c))
            {
                latin++;
            }
            else
            {
                other++;
                plain += LookAlikeLetters.TryGet(new Rune(c), out _) ? 0 : 1;
            }
        }

        return other <= latin || plain < FewestLetters ? null
            : _profiles.FirstOrDefault(profile => text.Any(profile.HasLetter))?.Language ?? OtherLanguage.Unknown;
    }

    private OtherLanguage? GuessByWords(IReadOnlyList<Token> tokens)
    {
        Span<int> words = stackalloc int[MostLanguages];
        var known = 0;
        var most = 0;
        foreach (var token in tokens)
        {
            known += StopWords.IsEnglishStopWord(token.Text) || StopWords.IsSpanishStopWord(token.Text) ? 1 : 0;
            for (var languages = _words.GetValueOrDefault(token.Text); languages != 0; languages &= languages - 1)
            {
                var language = BitOperations.TrailingZeroCount(languages);
                most = ++words[language] > words[most] ? language : most;
            }
        }

        // A word that only the other language has says more than one that Spanish or English has too, perhaps with another meaning.
        return words[most] >= FewestWords && 2 * words[most] > known ? _profiles[most].Language : null;
    }

    /// <summary>Latin letters, with those of other blocks that are Latin ones in another dress: phonetic, small capitals, full width.</summary>
    private static bool IsLatin(char c) => c is < '\u0370' or (>= '\u1D00' and <= '\u1EFF') or (>= '\u2000' and <= '\u2DFF') or (>= '\uA720' and <= '\uA7FF')
        or (>= '\uAB30' and <= '\uAB6F') or (>= '\uFB00' and <= '\uFB06') or (>= '\uFF00' and <= '\uFF5F');
}

/// <summary>How one language is told.</summary>
/// <param name="Language">The language.</param>
/// <param name="Words">Common words that are neither English nor Spanish, as <see cref="TextNormalizer"/> makes them.</param>
/// <param name="Letters">First and last characters of its script's ranges; empty for a Latin one.</param>
internal sealed record OtherLanguageProfile(OtherLanguage Language, IReadOnlyList<string> Words, IReadOnlyList<(char First, char Last)> Letters)
{
    public bool HasLetter(char c)
    {
        foreach (var (first, last) in Letters)
        {
            if (c >= first && c <= last)
            {
                return true;
            }
        }

        return false;
    }
}
