using System.Buffers;
using Bot.Core.Knowledge;
using Bot.Core.Sentences;
using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>A knowledge base by its words and letters, and by meaning where there is an encoder of its language. Immutable once built.</summary>
internal sealed class AnswerIndex
{
    // For words and letters alone (Spanish): the curve that makes a confidence of their sum and its lead.
    private const double CurveCentre = 0.42;
    private const double CurveSlope = 5.7;
    private const double MarginSlope = 5.7;
    private const double LargestMargin = 0.20;

    /// <summary>How many answers, those nearest in meaning, have their words looked at, which costs the most.</summary>
    private const int MostByMeaning = 24;

    /// <summary>How many of those that share the most words are looked at as well, however far in meaning.</summary>
    private const int MostByWords = 8;

    /// <summary>Without an encoder words are all there is.</summary>
    private const int MostByWordsAlone = 64;

    /// <summary>A longer text is a story, and its first words say as much as all.</summary>
    private const int MostWords = 256;

    private readonly KnowledgeBase _knowledgeBase;
    private readonly WordForms _forms;
    private readonly IReadOnlyList<string>[] _phrasings;
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly LexicalIndex _lexical;
    private readonly SemanticIndex? _semantic;

    private AnswerIndex(KnowledgeBase knowledgeBase, IReadOnlyList<ITextEncoder> encoders)
    {
        _knowledgeBase = knowledgeBase;
        _forms = WordForms.Of(knowledgeBase.Language);
        var titles = knowledgeBase.Answers.SelectMany(answer => answer.Prompts).ToLookup(prompt => prompt.AnswerId, prompt => prompt.Title, StringComparer.Ordinal);
        var read = knowledgeBase.Answers.Select(answer => answer.Phrasings.Select(phrasing => phrasing.Text).Concat(titles[answer.Id]).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(text => (Text: text, Words: (IReadOnlyList<string>)[.. knowledgeBase.Synonyms.Apply(TextNormalizer.Tokenize(text)).Take(MostWords)])).ToList()).ToList();
        _phrasings = [.. read.Select(phrasings => phrasings.ConvertAll(phrasing => phrasing.Text))];
        for (var answer = 0; answer < read.Count; answer++)
        {
            foreach (var (_, words) in read[answer])
            {
                // A button's title that serves two answers is evidence for both and exact for none.
                var key = string.Join(' ', words);
                if (!_exact.TryAdd(key, answer) && _exact[key] != answer)
                {
                    _exact[key] = -1;
                }
            }
        }

        _lexical = LexicalIndex.Build(_forms, read.ConvertAll(phrasings => (IReadOnlyList<IReadOnlyList<string>>)phrasings.ConvertAll(phrasing => phrasing.Words)));
        _semantic = read.Count == 0 ? null : encoders.Select(encoder => SemanticIndex.Build(encoder, read)).FirstOrDefault(index => index is not null);
    }

    /// <param name="knowledgeBase">The answers.</param>
    /// <param name="encoders">Encoders of the knowledge base's language; the first that can encode its phrasings is used. With none, words and letters alone decide.</param>
    public static AnswerIndex Build(KnowledgeBase knowledgeBase, IReadOnlyList<ITextEncoder> encoders) => new(knowledgeBase, encoders);

    /// <summary>The answers that fit the words best, the surest first; of a large knowledge base only those near the front.</summary>
    /// <param name="text">The question as it was written.</param>
    /// <param name="tokens">Its words.</param>
    /// <param name="except">An answer that is not wanted again and is no rival to the others, or null.</param>
    public IReadOnlyList<AnswerMatch> Search(string text, IReadOnlyList<Token> tokens, Answer? except = null)
    {
        var words = _knowledgeBase.Synonyms.Apply(tokens);
        if (_exact.TryGetValue(string.Join(' ', words), out var exact) && exact >= 0 && _knowledgeBase.Answers[exact] != except)
        {
            return [new AnswerMatch(_knowledgeBase.Answers[exact], new Confidence(1), _knowledgeBase.Answers[exact].Title)];
        }

        if (words is [] || words is [var only] && _forms.IsStopWord(only) && !_exact.ContainsKey(only))
        {
            // "no" or "why" alone is about nothing; what came before may lend it a subject.
            return [];
        }

        var query = _lexical.Read(words, MostWords);
        return (_semantic is null ? null : ByMeaning(text, query, except)) ?? ByWords(query, except);
    }

    private List<AnswerMatch> ByWords(LexicalQuery query, Answer? except)
    {
        var scored = new List<(double Score, int Answer, int Phrasing)>();
        foreach (var answer in _lexical.Candidates(query, MostByWordsAlone))
        {
            if (_knowledgeBase.Answers[answer] != except && _lexical.Score(answer, query) is { Score: > 0 } found)
            {
                scored.Add((found.Score, answer, found.Phrasing));
            }
        }

        scored.Sort((left, right) => right.Score.CompareTo(left.Score));
        var matches = new List<AnswerMatch>(scored.Count);
        for (var i = 0; i < scored.Count; i++)
        {
            // Each is judged against its best rival: the runner-up for the first, the first for the others.
            var rival = scored.Count == 1 ? 0 : scored[i == 0 ? 1 : 0].Score;
            matches.Add(new AnswerMatch(_knowledgeBase.Answers[scored[i].Answer], ToConfidence(scored[i].Score, scored[i].Score - rival), _phrasings[scored[i].Answer][scored[i].Phrasing]));
        }

        return matches;
    }

    /// <summary>Words, letters and meaning together; null when the encoder failed.</summary>
    private List<AnswerMatch>? ByMeaning(string text, LexicalQuery query, Answer? except)
    {
        var evidence = Weigh(text, query);
        if (evidence is null)
        {
            return null;
        }

        evidence.RemoveAll(one => one.Answer == except);
        evidence.Sort((left, right) => right.Score.CompareTo(left.Score));
        var matches = new List<AnswerMatch>(evidence.Count);
        for (var i = 0; i < evidence.Count; i++)
        {
            var rival = evidence.Count == 1 ? 0 : evidence[i == 0 ? 1 : 0].Score;
            matches.Add(new AnswerMatch(evidence[i].Answer, evidence[i].ToConfidence(evidence[i].Score - rival), evidence[i].Phrasing) { Evidence = evidence[i] });
        }

        return matches;
    }

    /// <summary>What the answers worth a look have for them.</summary>
    private List<Evidence>? Weigh(string text, LexicalQuery query)
    {
        var answers = _phrasings.Length;
        var nearest = ArrayPool<float>.Shared.Rent(answers);
        var probabilities = ArrayPool<float>.Shared.Rent(answers);
        var closest = ArrayPool<int>.Shared.Rent(answers);
        var scores = ArrayPool<double>.Shared.Rent(answers);
        try
        {
            if (!_semantic!.TryScore(text, query.Spelled, nearest.AsSpan(0, answers), closest.AsSpan(0, answers), probabilities.AsSpan(0, answers)))
            {
                return null;
            }

            for (var i = 0; i < answers; i++)
            {
                scores[i] = Evidence.ScoreOf(0, nearest[i], probabilities[i]);
            }

            var worthALook = Selection.TopOf(scores.AsSpan(0, answers), MostByMeaning);
            if (answers > MostByMeaning)
            {
                worthALook = [.. worthALook.Union(_lexical.Candidates(query, MostByWords)).Order()];
            }

            return worthALook.ConvertAll(i =>
            {
                var (lexical, phrasing) = _lexical.Score(i, query);
                return new Evidence(_knowledgeBase.Answers[i], lexical, nearest[i], probabilities[i], _phrasings[i][lexical > 0 ? phrasing : closest[i]]);
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(nearest);
            ArrayPool<float>.Shared.Return(probabilities);
            ArrayPool<int>.Shared.Return(closest);
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    private static Confidence ToConfidence(double score, double margin) =>
        new(1 / (1 + Math.Exp(-(CurveSlope * (score - CurveCentre) + MarginSlope * Math.Clamp(margin, -LargestMargin, LargestMargin)))));
}
