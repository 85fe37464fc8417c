using System.Runtime.CompilerServices;
using Bot.Core.Knowledge;
using Bot.Core.Sentences;
using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>
/// Matches by meaning and by words: how near a phrasing lies in the sentence model's space, what a classifier over the phrasings thinks, and how
/// much of the question the words and letters of an answer's phrasings explain. In a language without a sentence model the words decide alone.
/// Nothing is asked of anybody: the models are in the assembly, the classifier is trained when the content is loaded (docs/adr/0011).
/// </summary>
/// <param name="encoders">Sentence models to prefer to our own, by language; or null.</param>
public sealed class HybridMatcher(IReadOnlyDictionary<string, ITextEncoder>? encoders = null) : IAnswerMatcher
{
    /// <summary>A follow-up borrows the previous question; what it then finds is a little less sure than what was asked in full.</summary>
    private const double FollowUpDiscount = 0.95;

    private const int LongestFollowUp = 6;

    private const double ClauseDiscount = 0.95;

    private const double SureOfTheWhole = 0.6;

    private const double ClearGain = 0.25;

    private const int ShortestClause = 3;

    /// <summary>A longer text is a story, and a clause of it says little about what is asked.</summary>
    private const int MostClauses = 6;

    private static readonly char[] ClauseEnds = ['.', ',', ';', '?', '!', '\n', ':', '\u00BF', '\u00A1'];

    private static readonly Confidence PromptConfidence = new(0.9);

    private static readonly HashSet<string> FollowUpOpenings = new(StringComparer.Ordinal) { "why", "how", "what", "and", "but", "so", "really", "then", "or", "also", "is", "does", "can", "do", "will", "are", "por", "que", "como", "y", "pero", "entonces", "tambien" };

    private static readonly HashSet<string> BackReferences = new(StringComparer.Ordinal) { "it", "that", "this", "they", "them", "those", "these", "eso", "esto", "esa", "ese" };

    private readonly ConditionalWeakTable<KnowledgeBase, AnswerIndex> _indexes = [];

    public IReadOnlyList<AnswerMatch> FindMatches(KnowledgeBase knowledgeBase, string question, Answer? previous)
    {
        ArgumentNullException.ThrowIfNull(knowledgeBase);
        ArgumentNullException.ThrowIfNull(question);
        var index = _indexes.GetValue(knowledgeBase, Build);
        var tokens = TextNormalizer.Tokenize(question);
        if (tokens.Count == 0)
        {
            return [];
        }

        var alone = WithClauses(index, question, index.Search(question, tokens));
        if (previous is null || !IsFollowUp(tokens) || alone is [{ Confidence.Value: >= 0.9 }, ..])
        {
            return alone;
        }

        if (PromptFor(knowledgeBase, previous, tokens) is { } prompted)
        {
            return [prompted, .. alone.Where(match => match.Answer != prompted.Answer && match.Answer != previous)];
        }

        var inContext = index.Search(question + ' ' + previous.Title, [.. tokens, .. TextNormalizer.Tokenize(previous.Title)], except: previous)
            .Select(match => match with { Confidence = new Confidence(match.Confidence.Value * FollowUpDiscount) });
        return Best(alone.Where(match => match.Answer != previous).Concat(inContext));
    }

    private AnswerIndex Build(KnowledgeBase knowledgeBase)
    {
        var own = knowledgeBase.Language == SentenceModel.Language ? SentenceModel.Default : null;
        return AnswerIndex.Build(knowledgeBase, [.. new[] { encoders?.GetValueOrDefault(knowledgeBase.Language), own }.OfType<ITextEncoder>()]);
    }

    /// <summary>
    /// "this traffic is killing me, is heroin an upper": a clause may hold the whole question. What it finds alone is a little less sure.
    /// </summary>
    private static IReadOnlyList<AnswerMatch> WithClauses(AnswerIndex index, string question, IReadOnlyList<AnswerMatch> whole)
    {
        var clauses = question.Split(ClauseEnds, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (clauses.Length is < 2 or > MostClauses || whole is [{ Confidence.Value: >= SureOfTheWhole }, ..])
        {
            return whole;
        }

        // Only a clause that says much more than the whole is taken for the question; the rest is judged as it was.
        var found = clauses.Select(TextNormalizer.Tokenize).Where(tokens => tokens.Count >= ShortestClause)
            .Select(tokens => index.Search(question, tokens))
            .Where(matches => matches is [var best, ..] && best.Confidence.Value * ClauseDiscount >= ClearGain + (whole.Count > 0 ? whole[0].Confidence.Value : 0))
            .SelectMany(matches => matches.Select(match => match with { Confidence = new Confidence(match.Confidence.Value * ClauseDiscount) }))
            .ToList();
        return found.Count == 0 ? whole : Best(whole.Concat(found));
    }

    private static IReadOnlyList<AnswerMatch> Best(IEnumerable<AnswerMatch> matches) =>
        [.. matches.GroupBy(match => match.Answer).Select(group => group.MaxBy(match => match.Confidence.Value)!).OrderByDescending(match => match.Confidence.Value)];

    /// <summary>"why?" right after an answer means that answer's own "Why is that?", if it has one.</summary>
    private static AnswerMatch? PromptFor(KnowledgeBase knowledgeBase, Answer previous, IReadOnlyList<Token> tokens)
    {
        const int LongestBareQuestion = 2;
        if (tokens.Count > LongestBareQuestion)
        {
            return null;
        }

        var prompt = previous.Prompts.FirstOrDefault(prompt => TextNormalizer.Tokenize(prompt.Title) is [var first, ..] && first.Text == tokens[0].Text);
        return knowledgeBase.Find(prompt?.AnswerId) is { } answer ? new AnswerMatch(answer, PromptConfidence, prompt!.Title) : null;
    }

    /// <summary>Short, and either opened as a follow-up is or with a word that points back.</summary>
    private static bool IsFollowUp(IReadOnlyList<Token> tokens) =>
        tokens.Count <= LongestFollowUp
        && (tokens.Count <= 2 && FollowUpOpenings.Contains(tokens[0].Text)
            || tokens is [{ Text: "what" or "how" }, { Text: "about" }, ..]
            || tokens is [{ Text: "and" or "but" or "so" or "why" or "y" or "pero" or "entonces" }, ..]
            || tokens is [{ Text: "por" }, { Text: "que" }]
            || tokens.Any(token => BackReferences.Contains(token.Text)));
}
