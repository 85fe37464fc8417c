using Bot.Core.Text;

namespace Bot.Core.Knowledge;

/// <summary>Words that mean the same to the people who ask ("smack", "dope" and "h" are heroin), each with the one word used inside.</summary>
public sealed class SynonymTable
{
    private readonly Dictionary<string, List<(string[] Words, string Canonical)>> _byFirstWord = new(StringComparer.Ordinal);

    public SynonymTable(IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var (canonical, synonyms) in groups)
        {
            foreach (var synonym in synonyms)
            {
                var words = TextNormalizer.Tokenize(synonym).Select(token => token.Text).ToArray();
                if (words.Length == 0)
                {
                    continue;
                }

                if (!_byFirstWord.TryGetValue(words[0], out var candidates))
                {
                    _byFirstWord[words[0]] = candidates = [];
                }

                candidates.Add((words, canonical));
                candidates.Sort((left, right) => right.Words.Length.CompareTo(left.Words.Length));
            }
        }
    }

    public static SynonymTable Empty { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The words with every synonym replaced, the longest first.</summary>
    public IReadOnlyList<string> Apply(IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var words = new List<string>(tokens.Count);
        var index = 0;
        while (index < tokens.Count)
        {
            var match = Find(tokens, index);
            words.Add(match.Canonical ?? tokens[index].Text);
            index += match.Length;
        }

        return words;
    }

    private (string? Canonical, int Length) Find(IReadOnlyList<Token> tokens, int index)
    {
        if (_byFirstWord.TryGetValue(tokens[index].Text, out var candidates))
        {
            foreach (var (words, canonical) in candidates)
            {
                var fits = index + words.Length <= tokens.Count;
                for (var i = 1; fits && i < words.Length; i++)
                {
                    fits = tokens[index + i].Text == words[i];
                }

                if (fits)
                {
                    return (canonical, words.Length);
                }
            }
        }

        return (null, 1);
    }
}
