using Bot.Core.Knowledge;
using Bot.Core.Sentences;
using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>A knowledge base's words and letters, weighed, and its meaning where there is a model of the language. Immutable once built.</summary>
internal sealed class AnswerIndex
{
    // For words and letters alone (Spanish): the shares of the three signals and the curve that makes a confidence of their sum,
    // fitted on phrasings left out one at a time and on tests/phrasings (bench/README.md).
    private const double CoverageShare = 0.3;
    private const double PhrasingShare = 0.5;
    private const double LetterShare = 0.2;

    /// <summary>An answer that leaves much of the question's weight unexplained loses by more than its share.</summary>
    private const double CoveragePower = 1.1;

    private const double CurveCentre = 0.42;
    private const double CurveSlope = 5.7;
    private const double MarginSlope = 5.7;
    private const double LargestMargin = 0.20;

    private const double StopWordWeight = 0.7;
    private const double CorrectedWordWeight = 0.85;
    private const double Saturation = 0.6;
    private const int MostWeighedByWords = 24;
    private const int TrigramLength = 3;
    private const int ShortestMistypedWord = 5;

    private readonly KnowledgeBase _knowledgeBase;
    private readonly WordForms _forms;
    private readonly Entry[] _entries;
    private readonly Dictionary<string, double> _wordWeights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _trigramWeights = new(StringComparer.Ordinal);
    private readonly HashSet<string> _vocabulary = new(StringComparer.Ordinal);
    private readonly ILookup<char, string> _vocabularyByFirstLetter;
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly double _unknownWordWeight;
    private readonly SemanticIndex? _semantic;

    private AnswerIndex(KnowledgeBase knowledgeBase, SentenceModel? model)
    {
        _knowledgeBase = knowledgeBase;
        _forms = WordForms.Of(knowledgeBase.Language);
        _entries = new Entry[knowledgeBase.Answers.Count];
        var titles = knowledgeBase.Answers.SelectMany(answer => answer.Prompts).ToLookup(prompt => prompt.AnswerId, prompt => prompt.Title, StringComparer.Ordinal);
        for (var i = 0; i < _entries.Length; i++)
        {
            var answer = knowledgeBase.Answers[i];
            var texts = answer.Phrasings.Select(phrasing => phrasing.Text).Concat(titles[answer.Id]).Distinct(StringComparer.OrdinalIgnoreCase);
            _entries[i] = new Entry(answer, [.. texts.Select(Read)]);
        }

        // A button's title that serves two answers is evidence for both and exact for none.
        foreach (var (entry, number) in _entries.Select((entry, number) => (entry, number)))
        {
            foreach (var phrasing in entry.Phrasings)
            {
                if (!_exact.TryAdd(phrasing.Key, number) && _exact[phrasing.Key] != number)
                {
                    _exact[phrasing.Key] = -1;
                }
            }
        }

        _vocabularyByFirstLetter = _vocabulary.Where(word => word.Length >= 4).ToLookup(word => word[0]);
        WeighWords();
        WeighTrigrams();
        _unknownWordWeight = Idf(0, _entries.Length);
        _semantic = model is null ? null : SemanticIndex.Build(model, [.. _entries.Select(entry => (IReadOnlyList<(string, IReadOnlyList<string>)>)[.. entry.Phrasings.Select(phrasing => (phrasing.Text, phrasing.Words))])]);
    }

    /// <param name="knowledgeBase">The answers.</param>
    /// <param name="model">The sentence model of the knowledge base's language, or null: then words and letters alone decide.</param>
    public static AnswerIndex Build(KnowledgeBase knowledgeBase, SentenceModel? model) => new(knowledgeBase, model);

    /// <summary>The answers that fit the words, the surest first.</summary>
    /// <param name="tokens">The question.</param>
    /// <param name="except">An answer that is not wanted again and is no rival to the others, or null.</param>
    public IReadOnlyList<AnswerMatch> Search(IReadOnlyList<Token> tokens, Answer? except = null)
    {
        var words = _knowledgeBase.Synonyms.Apply(tokens);
        if (_exact.TryGetValue(string.Join(' ', words), out var exact) && exact >= 0 && _entries[exact].Answer != except)
        {
            return [new AnswerMatch(_entries[exact].Answer, new Confidence(1), _entries[exact].Answer.Title)];
        }

        if (words is [var only] && _forms.IsStopWord(only))
        {
            // "no" or "why" alone is about nothing; what came before may lend it a subject.
            return [];
        }

        var query = new Query();
        foreach (var word in words)
        {
            AddWord(query, word);
        }

        var (trigrams, length) = Trigrams(query.Spelled);
        if (_semantic is not null)
        {
            return Combine(query, trigrams, length, except);
        }

        var scored = new List<(double Score, Entry Entry, string Phrasing)>(_entries.Length);
        foreach (var entry in _entries)
        {
            if (entry.Answer != except && Score(entry, query, trigrams, length) is { Score: > 0 } score)
            {
                scored.Add((score.Score, entry, score.Phrasing));
            }
        }

        scored.Sort((left, right) => right.Score.CompareTo(left.Score));
        var matches = new List<AnswerMatch>(scored.Count);
        for (var i = 0; i < scored.Count; i++)
        {
            // Each is judged against its best rival: the runner-up for the first, the first for the others.
            var rival = scored.Count == 1 ? 0 : scored[i == 0 ? 1 : 0].Score;
            matches.Add(new AnswerMatch(scored[i].Entry.Answer, ToConfidence(scored[i].Score, scored[i].Score - rival), scored[i].Phrasing));
        }

        return matches;
    }

    /// <summary>What each answer has for it.</summary>
    private List<Evidence> Weigh(Query query, Dictionary<string, double> trigrams, double length, Answer? except)
    {
        var nearest = new float[_entries.Length];
        var probabilities = new float[_entries.Length];
        var closest = new int[_entries.Length];
        _semantic!.Score(query.Spelled, nearest, closest, probabilities);

        // Words and letters cost the most; answers far from the front in meaning are not worth them.
        var least = LeastOf(nearest, probabilities);
        var evidence = new List<Evidence>(_entries.Length);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Answer != except)
            {
                var bySense = new Evidence(_entries[i].Answer, 0, nearest[i], probabilities[i], _semantic.PhrasingAt(closest[i]));
                evidence.Add(bySense.Score >= least && Score(_entries[i], query, trigrams, length) is { Score: > 0 } words ? bySense with { Lexical = words.Score, Phrasing = words.Phrasing } : bySense);
            }
        }

        return evidence;
    }

    /// <summary>The score by meaning alone of the last answer whose words are looked at.</summary>
    private double LeastOf(float[] nearest, float[] probabilities)
    {
        if (_entries.Length <= MostWeighedByWords)
        {
            return double.MinValue;
        }

        var scores = new double[_entries.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = new Evidence(_entries[i].Answer, 0, nearest[i], probabilities[i], string.Empty).Score;
        }

        Array.Sort(scores);
        return scores[^MostWeighedByWords];
    }

    private List<AnswerMatch> Combine(Query query, Dictionary<string, double> trigrams, double length, Answer? except)
    {
        var evidence = Weigh(query, trigrams, length, except);
        evidence.Sort((left, right) => right.Score.CompareTo(left.Score));
        var matches = new List<AnswerMatch>(evidence.Count);
        for (var i = 0; i < evidence.Count; i++)
        {
            var rival = evidence.Count == 1 ? 0 : evidence[i == 0 ? 1 : 0].Score;
            matches.Add(new AnswerMatch(evidence[i].Answer, evidence[i].ToConfidence(evidence[i].Score - rival), evidence[i].Phrasing) { Evidence = evidence[i] });
        }

        return matches;
    }

    private static Confidence ToConfidence(double score, double margin) =>
        new(1 / (1 + Math.Exp(-(CurveSlope * (score - CurveCentre) + MarginSlope * Math.Clamp(margin, -LargestMargin, LargestMargin)))));

    private static (double Score, string Phrasing) Score(Entry entry, Query query, Dictionary<string, double> trigrams, double length)
    {
        var explained = 0.0;
        foreach (var (stem, weight) in query.Weights)
        {
            if (entry.Frequencies.TryGetValue(stem, out var frequency))
            {
                explained += weight * frequency / (frequency + Saturation) * (1 + Saturation / 3);
            }
        }

        if (explained == 0)
        {
            return (0, string.Empty);
        }

        var coverage = Math.Min(1, explained / query.Total);
        var best = 0.0;
        var closest = entry.Phrasings[0];
        foreach (var phrasing in entry.Phrasings)
        {
            var shared = 0.0;
            foreach (var (stem, weight) in query.Weights)
            {
                if (phrasing.Stems.Contains(stem))
                {
                    shared += weight;
                }
            }

            var words = 2 * shared / (query.Total + phrasing.Total);
            var letters = 0.0;
            foreach (var (trigram, weight) in trigrams)
            {
                if (phrasing.Trigrams.TryGetValue(trigram, out var other))
                {
                    letters += weight * other;
                }
            }

            letters = length == 0 || phrasing.Length == 0 ? 0 : letters / (length * phrasing.Length);
            var near = PhrasingShare * words + LetterShare * letters;
            if (near > best)
            {
                best = near;
                closest = phrasing;
            }
        }

        return ((CoverageShare * coverage + best) * Math.Pow(coverage, CoveragePower), closest.Text);
    }

    private void AddWord(Query query, string word)
    {
        var isStopWord = _forms.IsStopWord(word);
        var certainty = 1.0;
        if (!_vocabulary.Contains(word) && !isStopWord && !_wordWeights.ContainsKey(_forms.Stem(word)) && Correct(word) is { } corrected)
        {
            word = corrected;
            certainty = CorrectedWordWeight;
        }

        var stem = _forms.Stem(word);
        var known = _wordWeights.TryGetValue(stem, out var weight);
        if (!known)
        {
            weight = isStopWord ? 0 : _unknownWordWeight;
        }

        query.Add(stem, weight * certainty);
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

        foreach (var limit in new[] { 1, 2 })
        {
            if (limit == 2 && word.Length < 8)
            {
                break;
            }

            foreach (var candidate in _vocabularyByFirstLetter[word[0]])
            {
                if (EditDistance.IsWithin(word, candidate, limit))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private IndexedPhrasing Read(string text)
    {
        var words = _knowledgeBase.Synonyms.Apply(TextNormalizer.Tokenize(text));
        _vocabulary.UnionWith(words);
        return new IndexedPhrasing(text, words, [.. words.Select(_forms.Stem)]);
    }

    private void WeighWords()
    {
        var stopStems = _vocabulary.Where(_forms.IsStopWord).Select(_forms.Stem).ToHashSet(StringComparer.Ordinal);
        foreach (var group in _entries.SelectMany(entry => entry.Frequencies.Keys).GroupBy(stem => stem, StringComparer.Ordinal))
        {
            _wordWeights[group.Key] = Idf(group.Count(), _entries.Length) * (stopStems.Contains(group.Key) ? StopWordWeight : 1);
        }

        foreach (var phrasing in _entries.SelectMany(entry => entry.Phrasings))
        {
            phrasing.Total = phrasing.Stems.Sum(stem => _wordWeights[stem]);
        }
    }

    private void WeighTrigrams()
    {
        var phrasings = _entries.SelectMany(entry => entry.Phrasings).ToList();
        foreach (var group in phrasings.SelectMany(phrasing => TrigramsOf(phrasing.Words).Distinct()).GroupBy(trigram => trigram, StringComparer.Ordinal))
        {
            _trigramWeights[group.Key] = Idf(group.Count(), phrasings.Count);
        }

        foreach (var phrasing in phrasings)
        {
            (phrasing.Trigrams, phrasing.Length) = Trigrams(phrasing.Words);
        }
    }

    private (Dictionary<string, double> Weights, double Length) Trigrams(IReadOnlyList<string> words)
    {
        var unknown = Idf(0, Math.Max(1, _trigramWeights.Count / 8));
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var trigram in TrigramsOf(words))
        {
            weights[trigram] = weights.GetValueOrDefault(trigram) + _trigramWeights.GetValueOrDefault(trigram, unknown);
        }

        return (weights, Math.Sqrt(weights.Values.Sum(weight => weight * weight)));
    }

    private static IEnumerable<string> TrigramsOf(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            var padded = $" {word} ";
            for (var i = 0; i + TrigramLength <= padded.Length; i++)
            {
                yield return padded.Substring(i, TrigramLength);
            }
        }
    }

    private static double Idf(int documents, int total) => Math.Log(1 + (total - documents + 0.5) / (documents + 0.5));

    private sealed class Query
    {
        public Dictionary<string, double> Weights { get; } = new(StringComparer.Ordinal);

        public List<string> Spelled { get; } = [];

        public double Total { get; private set; }

        public void Add(string stem, double weight)
        {
            if (Weights.TryAdd(stem, weight))
            {
                Total += weight;
            }
        }
    }

    private sealed class Entry
    {
        public Entry(Answer answer, IReadOnlyList<IndexedPhrasing> phrasings)
        {
            Answer = answer;
            Phrasings = phrasings;
            foreach (var stem in phrasings.SelectMany(phrasing => phrasing.Stems))
            {
                Frequencies[stem] = Frequencies.GetValueOrDefault(stem) + 1;
            }
        }

        public Answer Answer { get; }

        public IReadOnlyList<IndexedPhrasing> Phrasings { get; }

        public Dictionary<string, int> Frequencies { get; } = new(StringComparer.Ordinal);
    }

    private sealed class IndexedPhrasing(string text, IReadOnlyList<string> words, HashSet<string> stems)
    {
        public string Text => text;

        public string Key { get; } = string.Join(' ', words);

        public IReadOnlyList<string> Words => words;

        public HashSet<string> Stems => stems;

        public double Total { get; set; }

        public Dictionary<string, double> Trigrams { get; set; } = [];

        public double Length { get; set; }
    }
}
