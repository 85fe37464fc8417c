using Bot.Core.Content;
using Bot.Core.Knowledge.Rules;

namespace Bot.Core.Knowledge;

/// <summary>
/// Makes the answers of another language of its files and the English ones: phrasings and titles come from the file, facts from the English answer.
/// What the bot says about itself and routes are written in each language; an answer from the article is translated only by hand and shown only when signed.
/// </summary>
internal static class TranslationReader
{
    /// <summary>Stands in the place of a text that nobody has translated, since other tools refuse an empty one.</summary>
    public const string Untranslated = "(sin traducir)";

    public const int FewestPhrasings = 5;

    public static IReadOnlyList<Answer> Merge(string language, IReadOnlyList<Answer> english, IReadOnlyList<Answer> drafts, IReadOnlyList<Answer> translated, ICollection<ContentProblem> problems)
    {
        var originals = english.ToDictionary(answer => answer.Id, StringComparer.Ordinal);
        var off = drafts.Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        var ofLanguage = translated.Where(answer => !off.Contains(answer.Id)).ToList();
        foreach (var stranger in ofLanguage.Where(answer => answer.Id.Length > 0 && !originals.ContainsKey(answer.Id)))
        {
            problems.Add(new ContentProblem(stranger.File, stranger.Line, $"'{stranger.Id}' is no answer of the .en-us.qna files. Correct the id, or write the English answer first."));
        }

        KnowledgeRules.CheckIds(ofLanguage, problems);
        KnowledgeRules.CheckPhrasings(ofLanguage, problems);
        KnowledgeRules.CheckPlaceholders(ofLanguage, problems);
        var known = ofLanguage.Where(answer => originals.ContainsKey(answer.Id)).DistinctBy(answer => answer.Id, StringComparer.Ordinal).ToList();
        foreach (var answer in known.Where(answer => answer.Text == Untranslated && originals[answer.Id].Kind != AnswerKind.Answer))
        {
            problems.Add(new ContentProblem(answer.File, answer.Line, $"'{answer.Id}' is said by the bot itself and must have its own text here. Only answers from the article may be {Untranslated}."));
        }

        var titles = known.ToDictionary(answer => answer.Id, answer => answer.Title, StringComparer.Ordinal);
        var merged = known.ConvertAll(answer => Merge(language, originals[answer.Id], answer, titles));
        KnowledgeRules.CheckPrompts(merged, problems);
        KnowledgeRules.CheckRoutes(merged, [], problems);
        Compare(language, english, merged, problems);
        return merged;
    }

    private static Answer Merge(string language, Answer original, Answer translated, Dictionary<string, string> titles)
    {
        var isOwnText = original.Kind != AnswerKind.Answer;
        return original with
        {
            Language = language,
            Text = isOwnText ? translated.Text : original.Text,
            TextLanguage = isOwnText ? language : original.TextLanguage,
            Translation = isOwnText || translated.Text == Untranslated ? null : translated.Text,
            Phrasings = translated.Phrasings,
            Prompts = translated.Prompts.Count > 0
                ? translated.Prompts
                : [.. original.Prompts.Where(prompt => titles.ContainsKey(prompt.AnswerId)).Select(prompt => prompt with { Title = titles[prompt.AnswerId] })],
            File = translated.File,
            Line = translated.Line,
        };
    }

    private static void Compare(string language, IReadOnlyList<Answer> english, List<Answer> merged, ICollection<ContentProblem> problems)
    {
        if (merged.Count == 0)
        {
            return;
        }

        foreach (var answer in english)
        {
            var count = merged.Find(other => other.Id == answer.Id)?.Phrasings.Count ?? 0;
            if (count < FewestPhrasings)
            {
                problems.Add(new ContentProblem(answer.File, answer.Line, $"'{answer.Id}' has {count} phrasings in '{language}'; at least {FewestPhrasings} are needed before people who ask in it find the answer. Add them to a .{language}.qna file.") { IsWarning = true });
            }
        }
    }
}
