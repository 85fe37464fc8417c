namespace Bot.Core.Text;

/// <summary>A light Spanish stemmer for words already without accents: "dejarla", "dejo" and "dejar" meet, and so do "depresora" and "depresores".</summary>
internal static class SpanishStemmer
{
    private const int ShortestStem = 3;

    private static readonly string[] Suffixes =
    [
        "amientos", "imientos", "amiento", "imiento", "aciones", "acion", "idades", "idad", "mente", "antes", "ante", "ables", "able", "istas", "ista",
        "iendolo", "andolo", "iendola", "andola", "iendo", "ando", "ieron", "aron", "aban", "abas", "aba", "adores", "adoras", "adora", "ador",
        "arselo", "arsela", "arlos", "arlas", "erlos", "erlas", "irlos", "irlas", "arlo", "arla", "erlo", "erla", "irlo", "irla", "arme", "erme", "irme", "arse", "erse", "irse", "arte", "erte", "irte",
        "ados", "adas", "idos", "idas", "ado", "ada", "ido", "ida", "amos", "emos", "imos",
        "ar", "er", "ir", "an", "en", "as", "os", "es", "a", "o", "e", "s",
    ];

    public static string Stem(string word)
    {
        if (word.Length <= ShortestStem)
        {
            return word;
        }

        foreach (var suffix in Suffixes)
        {
            if (word.Length - suffix.Length >= ShortestStem && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                return word[..^suffix.Length];
            }
        }

        return word;
    }
}
