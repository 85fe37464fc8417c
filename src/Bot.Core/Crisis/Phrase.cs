using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>A phrase of the lexicon, ready to be matched.</summary>
/// <param name="slot">The slot it fills.</param>
/// <param name="language">Its language.</param>
/// <param name="elements">Its places.</param>
/// <param name="wordNumbers">The number of every word of the lexicon.</param>
internal sealed class Phrase(int slot, string language, IReadOnlyList<PhraseElement> elements, IReadOnlyDictionary<string, int> wordNumbers)
{
    private readonly PhraseElement[] _elements = [.. elements];
    private readonly int[][] _numbers = [.. elements.Select(element => element.Words.Select(word => wordNumbers[word]).ToArray())];

    public int Slot => slot;

    public string Language => language;

    public IReadOnlyList<PhraseElement> Elements => _elements;

    /// <summary>The ways to read one written phrase: contractions are written out, and a first word that may be missing gives a second way.</summary>
    public static IEnumerable<IReadOnlyList<PhraseElement>> Read(string text) =>
        WriteOut(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), 0).SelectMany(ReadPlain);

    /// <summary>An alternative of several words ("want_to/wanna") makes a phrase of its own.</summary>
    private static IEnumerable<string[]> WriteOut(string[] written, int from)
    {
        for (var i = from; i < written.Length; i++)
        {
            if (!written[i].Contains('_', StringComparison.Ordinal))
            {
                continue;
            }

            var isOptional = written[i].EndsWith('?');
            var alternatives = written[i].TrimEnd('?').Split('/');
            var single = string.Join('/', alternatives.Where(alternative => !alternative.Contains('_', StringComparison.Ordinal)));
            var ways = alternatives.Where(alternative => alternative.Contains('_', StringComparison.Ordinal)).Select(alternative => alternative.Split('_'));
            ways = single.Length > 0 ? ways.Append([single]) : ways;
            ways = isOptional ? ways.Append([]) : ways;
            return ways.SelectMany(way => WriteOut([.. written.Take(i), .. way, .. written.Skip(i + 1)], i + way.Length));
        }

        return [written];
    }

    private static IEnumerable<IReadOnlyList<PhraseElement>> ReadPlain(string[] words)
    {
        var elements = new List<PhraseElement>();
        foreach (var written in words)
        {
            elements.AddRange(PhraseElement.Read(written));
        }

        while (elements.Count > 0 && elements[0].IsOptional)
        {
            yield return [elements[0] with { IsOptional = false }, .. elements.Skip(1)];
            elements.RemoveAt(0);
        }

        if (elements.Count > 0)
        {
            yield return elements;
        }
    }

    /// <summary>The word after the last one matched, or null.</summary>
    /// <param name="words">The words read, for places that take any ending.</param>
    /// <param name="numbers">Their numbers; 0 for a word that the lexicon does not have.</param>
    /// <param name="start">The word to begin with.</param>
    public int? MatchFrom(string[] words, int[] numbers, int start) => Match(words, numbers, start, 0);

    private int? Match(string[] words, int[] numbers, int position, int number)
    {
        if (number == _elements.Length)
        {
            return position;
        }

        var element = _elements[number];
        if (element.IsGap)
        {
            for (var skip = 0; skip <= CrisisLexicon.LongestGap && position + skip <= words.Length; skip++)
            {
                if (Match(words, numbers, position + skip, number + 1) is { } end)
                {
                    return end;
                }
            }

            return null;
        }

        if (position < words.Length
            && (_numbers[number].AsSpan().Contains(numbers[position]) || element.FitsPrefix(words[position]))
            && Match(words, numbers, position + 1, number + 1) is { } matched)
        {
            return matched;
        }

        return element.IsOptional ? Match(words, numbers, position, number + 1) : null;
    }
}

/// <summary>One place of a phrase: some words, some beginnings of words, or a gap.</summary>
internal sealed record PhraseElement(IReadOnlySet<string> Words, string[] Prefixes, bool IsOptional, bool IsGap)
{
    public static IEnumerable<PhraseElement> Read(string written)
    {
        if (written == "~")
        {
            yield return new PhraseElement(new HashSet<string>(), [], false, true);
            yield break;
        }

        var isOptional = written.EndsWith('?');
        var alternatives = written.TrimEnd('?').Split('/');
        if (alternatives.Length == 1 && !alternatives[0].EndsWith('*'))
        {
            // One word may be a contraction, which stands as two.
            foreach (var token in TextNormalizer.Tokenize(alternatives[0]))
            {
                yield return new PhraseElement(new HashSet<string>(StringComparer.Ordinal) { token.Text }, [], isOptional, false);
            }

            yield break;
        }

        var words = new HashSet<string>(StringComparer.Ordinal);
        var prefixes = new List<string>();
        foreach (var alternative in alternatives)
        {
            var text = string.Concat(TextNormalizer.Tokenize(alternative.TrimEnd('*')).Select(token => token.Text));
            if (alternative.EndsWith('*'))
            {
                prefixes.Add(text);
            }
            else
            {
                words.Add(text);
            }
        }

        yield return new PhraseElement(words, [.. prefixes], isOptional, false);
    }

    /// <summary>True when one of the prefixes begins the word.</summary>
    public bool FitsPrefix(string word)
    {
        foreach (var prefix in Prefixes)
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
