using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>A knowledge base's words and letters, weighed by how rare they are. Immutable once built.</summary>
internal sealed class LexicalIndex
{
    // The shares of the three signals, fitted on phrasings left out one at a time and on tests/phrasings (bench/README.md).
    private const double CoverageShare = 0.3;
    private const double PhrasingShare = 0.5;
    private const double LetterShare = 0.2;

    /// <summary>An answer that leaves much of the question's weight unexplained loses by more than its share.</summary>
    private const double CoveragePower = 1.1;

    private const double StopWordWeight = 0.7;
    private const double CorrectedWordWeight = 0.85;
    private const double Saturation = 0.6;
    private const int ShortestMistypedWord = 5;
    private const int ShortestTwiceMistypedWord = 8;
    private const int ShortestRightWord = 4;

    private readonly WordForms _forms;
    private readonly Entry[] _entries;
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly List<double> _stemWeights = [];
    private readonly int[][] _entriesOfStem;
    private readonly Dictionary<ulong, double> _trigramWeights = [];
    private readonly double _unknownTrigramWeight;
    private readonly double _unknownWordWeight;
    private readonly HashSet<string> _vocabulary = new(StringComparer.Ordinal);
    private readonly Dictionary<(char First, int Length), List<string>> _vocabularyByShape = [];

    private LexicalIndex(WordForms forms, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> answers)
    {
        _forms = forms;
        _entries = [.. answers.Select(phrasings => new Entry([.. phrasings.Select(words => Read(words))]))];
        _entriesOfStem = WeighStems();
        WeighTrigrams();
        _unknownWordWeight = Idf(0, _entries.Length);
        _unknownTrigramWeight = Idf(0, Math.Max(1, _trigramWeights.Count / 8));
        foreach (var phrasing in _entries.SelectMany(entry => entry.Phrasings))
        {
            phrasing.Total = phrasing.Stems.Sum(stem => _stemWeights[stem]);
            (phrasing.Trigrams, phrasing.TrigramWeights, phrasing.Length) = Weigh(phrasing.Words);
        }
    }

    /// <param name="forms">The language's word forms.</param>
    /// <param name="answers">The words of each phrasing of each answer.</param>
    public static LexicalIndex Build(WordForms forms, IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> answers) => new(forms, answers);

    /// <summary>Reads a question's words: mistyped ones are put right, each gets its weight.</summary>
    public LexicalQuery Read(IReadOnlyList<string> words, int mostWords)
    {
        var query = new LexicalQuery();
        foreach (var word in words.Take(mostWords))
        {
            Add(query, word);
        }

        (query.Trigrams, query.TrigramWeights, query.Length) = Weigh(query.Spelled);
        return query;
    }

    /// <summary>The answers that share the most weight with the question, at most so many; none that shares no word.</summary>
    public List<int> Candidates(LexicalQuery query, int most)
    {
        var shared = new double[_entries.Length];
        foreach (var (stem, weight) in query.Weights)
        {
            foreach (var entry in stem < 0 ? [] : _entriesOfStem[stem])
            {
                shared[entry] += weight;
            }
        }

        return Selection.TopOf(shared, most, 0);
    }

    /// <summary>How much of the question an answer's words and letters explain, about 0 to 1, and which of its phrasings is closest.</summary>
    public (double Score, int Phrasing) Score(int answer, LexicalQuery query)
    {
        var entry = _entries[answer];
        var explained = 0.0;
        foreach (var (stem, weight) in query.Weights)
        {
            if (stem >= 0 && entry.Frequencies.TryGetValue(stem, out var frequency))
            {
                explained += weight * frequency / (frequency + Saturation) * (1 + Saturation / 3);
            }
        }

        if (explained == 0)
        {
            return (0, 0);
        }

        var coverage = Math.Min(1, explained / query.Total);
        var (best, closest) = (0.0, 0);
        for (var i = 0; i < entry.Phrasings.Length; i++)
        {
            var near = Nearness(entry.Phrasings[i], query);
            if (near > best)
            {
                (best, closest) = (near, i);
            }
        }

        return ((CoverageShare * coverage + best) * Math.Pow(coverage, CoveragePower), closest);
    }

    private static double Nearness(IndexedPhrasing phrasing, LexicalQuery query)
    {
        var shared = 0.0;
        foreach (var (stem, weight) in query.Weights)
        {
            if (Array.BinarySearch(phrasing.Stems, stem) >= 0)
            {
                shared += weight;
            }
        }

        var letters = 0.0;
        for (int i = 0, j = 0; i < query.Trigrams.Length && j < phrasing.Trigrams.Length;)
        {
            var order = query.Trigrams[i].CompareTo(phrasing.Trigrams[j]);
            if (order == 0)
            {
                letters += query.TrigramWeights[i] * phrasing.TrigramWeights[j];
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        letters = query.Length == 0 || phrasing.Length == 0 ? 0 : letters / (query.Length * phrasing.Length);
        return PhrasingShare * 2 * shared / (query.Total + phrasing.Total) + LetterShare * letters;
    }

    private void Add(LexicalQuery query, string word)
    {
        var isStopWord = _forms.IsStopWord(word);
        var certainty = 1.0;
        if (!_vocabulary.Contains(word) && !isStopWord && !_stems.ContainsKey(_forms.Stem(word)) && Correct(word) is { } corrected)
        {
            word = corrected;
            certainty = CorrectedWordWeight;
        }

        var text = _forms.Stem(word);
        var isKnown = _stems.TryGetValue(text, out var stem);
        var weight = isKnown ? _stemWeights[stem] : isStopWord ? 0 : _unknownWordWeight;
        query.Add(isKnown ? stem : -1, text, weight * certainty);
        query.Spelled.Add(word);
    }

    /// <summary>The one known word that a mistyped word must have been, or null.</summary>
    private string? Correct(string word)
    {
        // Of four letters too many are a word of their own: "love" is not "lose".
        if (word.Length < ShortestMistypedWord)
        {
            return null;
        }

        for (var limit = 1; limit <= (word.Length < ShortestTwiceMistypedWord ? 1 : 2); limit++)
        {
            // A key too few or too many first: commoner than a wrong one, and measured to be right more often.
            for (var difference = limit; difference >= 0; difference--)
            {
                if ((Find(word, word.Length + difference, limit) ?? Find(word, word.Length - difference, limit)) is { } candidate)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private string? Find(string word, int length, int limit) =>
        _vocabularyByShape.TryGetValue((word[0], length), out var candidates) ? candidates.Find(candidate => EditDistance.IsWithin(word, candidate, limit)) : null;

    private IndexedPhrasing Read(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (_vocabulary.Add(word) && word.Length >= ShortestRightWord)
            {
                if (!_vocabularyByShape.TryGetValue((word[0], word.Length), out var alike))
                {
                    _vocabularyByShape[(word[0], word.Length)] = alike = [];
                }

                alike.Add(word);
            }
        }

        var stems = words.Select(_forms.Stem).Distinct(StringComparer.Ordinal).Select(NumberOf).ToArray();
        Array.Sort(stems);
        return new IndexedPhrasing(words, stems);
    }

    private int NumberOf(string stem)
    {
        if (!_stems.TryGetValue(stem, out var number))
        {
            _stems[stem] = number = _stems.Count;
        }

        return number;
    }

    private int[][] WeighStems()
    {
        var stopStems = _vocabulary.Where(_forms.IsStopWord).Select(_forms.Stem).ToHashSet(StringComparer.Ordinal);
        var entries = new List<int>[_stems.Count];
        for (var entry = 0; entry < _entries.Length; entry++)
        {
            foreach (var stem in _entries[entry].Frequencies.Keys)
            {
                (entries[stem] ??= []).Add(entry);
            }
        }

        // Numbers were given in the order in which the dictionary holds them.
        _stemWeights.AddRange(_stems.Select(stem => Idf(entries[stem.Value].Count, _entries.Length) * (stopStems.Contains(stem.Key) ? StopWordWeight : 1)));
        return [.. entries.Select(list => list.ToArray())];
    }

    private void WeighTrigrams()
    {
        var phrasings = _entries.SelectMany(entry => entry.Phrasings).ToList();
        foreach (var trigram in phrasings.SelectMany(phrasing => TrigramsOf(phrasing.Words).Distinct()))
        {
            _trigramWeights[trigram] = _trigramWeights.GetValueOrDefault(trigram) + 1;
        }

        foreach (var (trigram, count) in _trigramWeights)
        {
            _trigramWeights[trigram] = Idf((int)count, phrasings.Count);
        }
    }

    private (ulong[] Trigrams, float[] Weights, double Length) Weigh(IReadOnlyList<string> words)
    {
        var all = TrigramsOf(words).ToArray();
        Array.Sort(all);
        var trigrams = new List<ulong>(all.Length);
        var weights = new List<float>(all.Length);
        foreach (var trigram in all)
        {
            var weight = (float)_trigramWeights.GetValueOrDefault(trigram, _unknownTrigramWeight);
            if (trigrams.Count > 0 && trigrams[^1] == trigram)
            {
                weights[^1] += weight;
            }
            else
            {
                trigrams.Add(trigram);
                weights.Add(weight);
            }
        }

        return ([.. trigrams], [.. weights], Math.Sqrt(weights.Sum(weight => (double)weight * weight)));
    }

    /// <summary>Every three letters in a row, a space at each end of a word, packed into a number.</summary>
    private static IEnumerable<ulong> TrigramsOf(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            var run = (ulong)' ' << 16 | word[0];
            for (var i = 1; i <= word.Length; i++)
            {
                run = (run << 16 | (i < word.Length ? word[i] : ' ')) & 0xFFFF_FFFF_FFFF;
                yield return run;
            }
        }
    }

    private static double Idf(int documents, int total) => Math.Log(1 + (total - documents + 0.5) / (documents + 0.5));

    private sealed class Entry
    {
        public Entry(IndexedPhrasing[] phrasings)
        {
            Phrasings = phrasings;
            foreach (var stem in phrasings.SelectMany(phrasing => phrasing.Stems))
            {
                Frequencies[stem] = Frequencies.GetValueOrDefault(stem) + 1;
            }
        }

        public IndexedPhrasing[] Phrasings { get; }

        public Dictionary<int, int> Frequencies { get; } = [];
    }

    private sealed class IndexedPhrasing(IReadOnlyList<string> words, int[] stems)
    {
        public IReadOnlyList<string> Words => words;

        public int[] Stems => stems;

        public double Total { get; set; }

        public ulong[] Trigrams { get; set; } = [];

        public float[] TrigramWeights { get; set; } = [];

        public double Length { get; set; }
    }
}

/// <summary>A question's words and letters with their weights.</summary>
internal sealed class LexicalQuery
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Each different stem once: its number, or -1 when the knowledge base has no such word.</summary>
    public List<(int Stem, double Weight)> Weights { get; } = [];

    /// <summary>The words, mistyped ones put right.</summary>
    public List<string> Spelled { get; } = [];

    public double Total { get; private set; }

    public ulong[] Trigrams { get; set; } = [];

    public float[] TrigramWeights { get; set; } = [];

    public double Length { get; set; }

    public void Add(int stem, string text, double weight)
    {
        if (_seen.Add(text))
        {
            Weights.Add((stem, weight));
            Total += weight;
        }
    }
}
