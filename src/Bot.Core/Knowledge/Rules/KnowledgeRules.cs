using System.Text.RegularExpressions;
using Bot.Core.Content;
using Bot.Core.Text;

namespace Bot.Core.Knowledge.Rules;

/// <summary>What must hold for the knowledge base as a whole. Each rule adds all the problems it finds.</summary>
public static partial class KnowledgeRules
{
    /// <summary>What may stand in braces in an answer, and is filled in when it is said.</summary>
    public static readonly IReadOnlyList<string> AnswerPlaceholders = ["keepMinutes", "signedTexts", "allTexts"];

    public static void Check(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, IReadOnlyList<RequiredSentence> required, ICollection<ContentProblem> problems)
    {
        CheckIds(answers, problems);
        CheckTopics(answers, problems);
        CheckPhrasings(answers, problems);
        CheckPrompts(answers, problems);
        CheckQuotes(answers, sources, problems);
        CheckRoutes(answers, sources, problems);
        CheckChannels(answers, problems);
        CheckPlaceholders(answers, problems);
        CheckOpenings(answers, problems);
        CheckRequiredSentences(answers, required, problems);
    }

    internal static void CheckIds(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        var seen = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var answer in answers.Where(answer => answer.Id.Length > 0))
        {
            if (!IdPattern().IsMatch(answer.Id))
            {
                Report(problems, answer, answer.Line, $"The id '{answer.Id}' may have only small letters, digits and hyphens.");
            }

            if (!seen.TryAdd(answer.Id, answer))
            {
                Report(problems, answer, answer.Line, $"The id '{answer.Id}' is already used at {seen[answer.Id].File}({seen[answer.Id].Line}). Choose another.");
            }
        }
    }

    private static void CheckTopics(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        foreach (var answer in answers.Where(answer => answer.Topic.Length == 0))
        {
            Report(problems, answer, answer.Line, $"'{answer.Id}' has no topic. Write '- topic = …' under '**Filters:**', or '> !# @topic = …' at the top of the file.");
        }
    }

    internal static void CheckPhrasings(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        var seen = new Dictionary<string, (Answer Answer, Phrasing Phrasing)>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            foreach (var phrasing in answer.Phrasings)
            {
                var key = TextNormalizer.Key(phrasing.Text);
                if (key.Length == 0)
                {
                    Report(problems, answer, phrasing.Line, $"'{phrasing.Text}' has no word in it. Write a question, or delete it.");
                }
                else if (!seen.TryAdd(key, (answer, phrasing)))
                {
                    var first = seen[key];
                    Report(problems, answer, phrasing.Line, $"'{phrasing.Text}' already leads to '{first.Answer.Id}' ({first.Answer.File}({first.Phrasing.Line})). Delete one of the two.");
                }
            }
        }
    }

    internal static void CheckPrompts(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        var ids = answers.Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            foreach (var prompt in answer.Prompts)
            {
                if (!ids.Contains(prompt.AnswerId))
                {
                    Report(problems, answer, prompt.Line, $"The prompt '{prompt.Title}' leads to '{prompt.AnswerId}', which does not exist. Correct the id or delete the prompt.");
                }
                else if (prompt.AnswerId == answer.Id)
                {
                    Report(problems, answer, prompt.Line, $"The prompt '{prompt.Title}' leads to its own answer. Delete it or choose another id.");
                }
            }
        }
    }

    private static void CheckQuotes(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, ICollection<ContentProblem> problems)
    {
        foreach (var answer in answers.Where(answer => answer.Source is not null))
        {
            if (sources.FirstOrDefault(candidate => candidate.Name == answer.Source) is not { } source)
            {
                Report(problems, answer, answer.Line, $"The source '{answer.Source}' of '{answer.Id}' is not in dialogs/sources. Known: {string.Join(", ", sources.Select(known => known.Name))}.");
                continue;
            }

            if (answer.Quotes.Count == 0)
            {
                Report(problems, answer, answer.Line, $"'{answer.Id}' has no quote. Write '> quote: exact words of {source.Name}' under its question.");
            }

            foreach (var quote in answer.Quotes.Where(quote => quote.Text.Length == 0))
            {
                Report(problems, answer, quote.Line, $"A quote of '{answer.Id}' is empty. Write the words, or delete the line.");
            }

            // Not a reason to go silent: when the source changes, its answers are stale, and are given as the settings say.
            foreach (var quote in answer.Quotes.Where(quote => quote.Text.Length > 0 && !source.Contains(quote.Text)))
            {
                problems.Add(new ContentProblem(answer.File, quote.Line, $"'{answer.Id}' is stale: its quote '{quote.Text}' does not stand in {source.Name}. Copy the exact words, and review the answer; '-- stale' shows the nearest passage.") { IsWarning = true });
            }
        }
    }

    /// <summary>A route says who can help with what the source does not cover. It gives no fact, and no two say the same.</summary>
    internal static void CheckRoutes(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, ICollection<ContentProblem> problems)
    {
        var seen = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var route in answers.Where(answer => answer.Kind == AnswerKind.Route))
        {
            if (route.Source is not null || route.Quotes.Count > 0)
            {
                Report(problems, route, route.Line, $"'{route.Id}' is a route and gives no facts: it may have no source and no quote. Write '> !# @source = none', or move the answer to another file.");
            }

            if (!seen.TryAdd(TextNormalizer.Key(route.Text), route))
            {
                Report(problems, route, route.Line, $"'{route.Id}' says the same as '{seen[TextNormalizer.Key(route.Text)].Id}'. A route names who can help with this very subject, and why.");
            }

            foreach (var sentence in route.Text.Split(['.', '!', '?', '\n']).Where(sentence => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 4))
            {
                if (sources.FirstOrDefault(source => source.Contains(sentence.Trim())) is { } source)
                {
                    Report(problems, route, route.Line, $"'{route.Id}' is a route and gives no facts, but '{sentence.Trim()}' stands in {source.Name}. Delete it.");
                }
            }
        }
    }

    private static void CheckChannels(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        var ids = answers.Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            if (answer.Channel is null != answer.Replaces is null)
            {
                Report(problems, answer, answer.Line, $"'{answer.Id}' has only one of the filters 'channel' and 'replaces'. An answer for one channel names both: '- channel = msteams' and '- replaces = the-other-id'.");
            }
            else if (answer.Replaces is not null && (!ids.Contains(answer.Replaces) || answer.Replaces == answer.Id))
            {
                Report(problems, answer, answer.Line, $"'{answer.Id}' replaces '{answer.Replaces}', which is no other answer. Correct the id.");
            }
        }
    }

    /// <summary>Values of the settings that a text may name; anything else in braces is a typing mistake that people would see.</summary>
    internal static void CheckPlaceholders(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        foreach (var answer in answers)
        {
            foreach (var name in ContentPlaceholders.In(answer.Text).Where(name => !AnswerPlaceholders.Contains(name)))
            {
                Report(problems, answer, answer.Line, $"'{{{name}}}' in '{answer.Id}' is no placeholder. Known: {string.Join(", ", AnswerPlaceholders.Select(known => "{" + known + "}"))}.");
            }
        }
    }

    /// <summary>"Yes." to "heroin isn't addictive, is it?" says nothing, or the opposite: people ask both ways round.</summary>
    internal static void CheckOpenings(IReadOnlyList<Answer> answers, ICollection<ContentProblem> problems)
    {
        foreach (var answer in answers)
        {
            foreach (var text in new[] { answer.Text, answer.Translation }.OfType<string>())
            {
                if (BareYesOrNo().Match(text) is { Success: true } opening)
                {
                    Report(problems, answer, answer.Line, $"'{answer.Id}' opens with '{opening.Value.Trim()}', which means its opposite to whoever asks \"is it not …?\". Say it in a sentence.");
                }
            }
        }
    }

    /// <summary>Every paragraph of a source has an answer that quotes it; a paragraph added later is told, and stops nothing.</summary>
    public static void CheckCoverage(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, ICollection<ContentProblem> problems)
    {
        foreach (var source in sources)
        {
            var quotes = answers.Where(answer => answer.Source == source.Name).SelectMany(answer => answer.Quotes).ToList();
            foreach (var paragraph in source.Paragraphs.Where(paragraph => !paragraph.IsHeading))
            {
                if (!quotes.Exists(quote => paragraph.Carries(quote.Text)))
                {
                    var text = paragraph.Text;
                    problems.Add(new ContentProblem("dialogs/sources/" + source.Name, paragraph.Line, $"No answer rests on this paragraph: '{(text.Length <= 60 ? text : text[..57] + "…")}'. Write one that quotes it.") { IsWarning = true });
                }
            }
        }
    }

    private static void CheckRequiredSentences(IReadOnlyList<Answer> answers, IReadOnlyList<RequiredSentence> required, ICollection<ContentProblem> problems)
    {
        foreach (var rule in required)
        {
            foreach (var answer in answers.Where(answer => answer.Source is not null && !answer.Text.Contains(rule.Sentence, StringComparison.Ordinal)))
            {
                var text = " " + TextNormalizer.Key(answer.Text) + " ";
                if (rule.WhenTextMentions.FirstOrDefault(phrase => text.Contains(" " + TextNormalizer.Key(phrase) + " ", StringComparison.Ordinal)) is { } mention)
                {
                    Report(problems, answer, answer.Line, $"'{answer.Id}' mentions '{mention}' and must therefore say: '{rule.Sentence}' ({rule.Reason}).");
                }
            }
        }
    }

    private static void Report(ICollection<ContentProblem> problems, Answer answer, int line, string message) =>
        problems.Add(new ContentProblem(answer.File, line, message));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^\W*(?:yes|no|sí|si)\b[\s*_]*(?:[.!;:]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareYesOrNo();
}

/// <summary>A sentence that every answer on certain subjects must carry.</summary>
public sealed record RequiredSentence(IReadOnlyList<string> WhenTextMentions, string Sentence, string Reason);
