using Bot.Core.Content;
using Bot.Core.Reviews;
using Bot.Core.Turns;

namespace Bot.Server.Content;

/// <summary>What stands between the content and a start where every text must be signed.</summary>
internal static class ReviewProblems
{
    /// <summary>One problem for each text that is shown and is not signed as it is. Drafts are off and need none; expired ones degrade as configured.</summary>
    /// <param name="content">The content.</param>
    /// <param name="reason">The setting that demands it.</param>
    public static IEnumerable<ContentProblem> Of(BotContent content, string reason)
    {
        foreach (var text in content.Reviews.Unreviewed)
        {
            yield return new ContentProblem(text.File, text.Line, $"{Describe(content.Reviews, text)} {reason} is true. Sign it with '-- sign {text.Id} --reviewer NAME'.");
        }

        foreach (var answer in content.KnowledgeBase.Answers.Where(answer => content.KnowledgeBase.IsStale(answer.Id)))
        {
            yield return new ContentProblem(answer.File, answer.Line, $"'{answer.TextId}' is stale: {answer.Source} was changed under it. {reason} is true. Correct the quotes and sign it anew.");
        }
    }

    /// <summary>"'answer/en/x' was edited after Dr. A signed it on 2026-01-01."</summary>
    public static string Describe(ReviewBook reviews, ReviewableText text) => reviews.SignOffOf(text.Id) is { } signOff
        ? $"'{text.Id}' was edited after {signOff.Reviewer} signed it on {ReviewBook.Write(signOff.SignedOn)}."
        : $"'{text.Id}' is signed by nobody.";
}
