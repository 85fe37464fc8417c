using Bot.Core.Knowledge;

namespace Bot.Core.Matching;

/// <summary>Finds the answers that fit a question.</summary>
public interface IAnswerMatcher
{
    /// <summary>The answers that fit, the surest first; empty when nothing in the question is known. Thread-safe.</summary>
    /// <param name="knowledgeBase">The snapshot taken at the start of the turn.</param>
    /// <param name="question">What was typed.</param>
    /// <param name="previous">The answer given just before, which "why?" and "what about cocaine?" build on; or null.</param>
    IReadOnlyList<AnswerMatch> FindMatches(KnowledgeBase knowledgeBase, string question, Answer? previous);
}

/// <summary>An answer, how sure the matcher is of it, and the phrasing that carried it.</summary>
public sealed record AnswerMatch(Answer Answer, Confidence Confidence, string ClosestPhrasing)
{
    /// <summary>The parts of the confidence, where meaning was asked too; null for an exact phrasing and where words alone decide.</summary>
    public Evidence? Evidence { get; init; }
}
