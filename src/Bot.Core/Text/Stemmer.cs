namespace Bot.Core.Text;

/// <summary>A light English stemmer: enough that "depressants" meets "depressant" and "slowing" meets "slows".</summary>
public static class Stemmer
{
    private const int ShortestStem = 3;

    private static readonly (string Suffix, string Replacement)[] Rules =
    [
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
        ("ingly", ""), ("edly", ""),
        ("ically", "ic"), ("ation", "at"), ("ments", ""), ("ment", ""),
        ("iness", "i"), ("ness", ""),
        ("ings", ""), ("ing", ""), ("ies", "i"), ("ied", "i"), ("sses", "ss"), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("y", "i"), ("e", ""),
    ];

    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length <= ShortestStem || word.EndsWith("ss", StringComparison.Ordinal))
        {
            return word;
        }

        foreach (var (suffix, replacement) in Rules)
        {
            if (word.Length - suffix.Length + replacement.Length >= ShortestStem && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                return Undouble(string.Concat(word.AsSpan(0, word.Length - suffix.Length), replacement));
            }
        }

        return word;
    }

    /// <summary>"stopp" (from "stopped") and "stop" are one; "pass" and "kill" keep their two letters.</summary>
    private static string Undouble(string stem) =>
        stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
