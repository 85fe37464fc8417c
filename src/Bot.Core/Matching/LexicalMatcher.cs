using System.Runtime.CompilerServices;
using Bot.Core.Knowledge;
using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>
/// Matches by words and letters: how much of the question's weight an answer's merged phrasings explain (BM25's idf and saturation),
/// how near the closest phrasing is in words, and how near in letter trigrams. No model, no network.
/// </summary>
public sealed class LexicalMatcher : IAnswerMatcher
{
    /// <summary>A follow-up borrows the previous question; what it then finds is a little less sure than what was asked in full.</summary>
    private const double FollowUpDiscount = 0.95;

    private const int LongestFollowUp = 6;

    private static readonly Confidence PromptConfidence = new(0.9);

    private static readonly HashSet<string> FollowUpOpenings = new(StringComparer.Ordinal) { "why", "how", "what", "and", "but", "so", "really", "then", "or", "also", "is", "does", "can", "do", "will", "are" };

    private static readonly HashSet<string> BackReferences = new(StringComparer.Ordinal) { "it", "that", "this", "they", "them", "those", "these" };

    private readonly ConditionalWeakTable<KnowledgeBase, LexicalIndex> _indexes = [];

    public IReadOnlyList<AnswerMatch> FindMatches(KnowledgeBase knowledgeBase, string question, Answer? previous)
    {
        ArgumentNullException.ThrowIfNull(knowledgeBase);
        ArgumentNullException.ThrowIfNull(question);
        var index = _indexes.GetValue(knowledgeBase, LexicalIndex.Build);
        var tokens = TextNormalizer.Tokenize(question);
        if (tokens.Count == 0)
        {
            return [];
        }

        var alone = index.Search(tokens);
        if (previous is null || !IsFollowUp(tokens) || alone is [{ Confidence.Value: >= 0.9 }, ..])
        {
            return alone;
        }

        if (PromptFor(knowledgeBase, previous, tokens) is { } prompted)
        {
            return [prompted, .. alone.Where(match => match.Answer != prompted.Answer && match.Answer != previous)];
        }

        var inContext = index.Search([.. tokens, .. TextNormalizer.Tokenize(previous.Title)], except: previous)
            .Select(match => match with { Confidence = new Confidence(match.Confidence.Value * FollowUpDiscount) });
        return [.. alone.Where(match => match.Answer != previous).Concat(inContext)
            .GroupBy(match => match.Answer)
            .Select(group => group.MaxBy(match => match.Confidence.Value)!)
            .OrderByDescending(match => match.Confidence.Value)];
    }

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
            || tokens is [{ Text: "and" or "but" or "so" or "why" }, ..]
            || tokens.Any(token => BackReferences.Contains(token.Text)));
}
