using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Reviews;

namespace Bot.Server.Content;

/// <summary>Collects every text that people may be shown: answers, routes, replies, handoffs, steps of first aid, helplines.</summary>
internal static class ReviewableTexts
{
    public static ReviewableText Of(Answer answer) =>
        new(answer.TextId, answer.Title, answer.Text, answer.File, answer.Line) { Evidence = [.. answer.Quotes.Select(quote => quote.Text)], Phrasings = [.. answer.Phrasings.Select(phrasing => phrasing.Text)] };

    public static IEnumerable<ReviewableText> Of(KnowledgeBase knowledgeBase) =>
        knowledgeBase.Answers.Select(Of).Concat(knowledgeBase.Drafts.Select(draft => Of(draft) with { IsDraft = true })).Concat(knowledgeBase.Translations.Values.SelectMany(OfTranslation));

    /// <summary>The texts of one language's <c>replies</c> file, the refusal of advice among them.</summary>
    public static IEnumerable<ReviewableText> OfReplies(string language, YamlValue root, string file)
    {
        foreach (var member in root.Members.Where(member => member.Name != "startPrompts"))
        {
            foreach (var (path, leaf) in Leaves(member, member.Name))
            {
                yield return new ReviewableText($"reply/{language}/{path}", path, leaf.Text, file, leaf.Line);
            }
        }
    }

    /// <summary>The texts of one language's <c>handoffs</c> file. Each step of first aid is signed by itself, with where it comes from.</summary>
    public static IEnumerable<ReviewableText> OfHandoffs(string language, YamlValue root, string file)
    {
        foreach (var member in root.Members.Where(member => member.IsText))
        {
            yield return new ReviewableText($"handoff/{language}/{member.Name}", member.Name, member.Text, file, member.Line);
        }

        foreach (var handoff in root.Optional("handoffs")?.Members ?? [])
        {
            var parts = handoff.Members.Where(member => member.Name is "self" or "other" or "again").Select(member => $"{member.Name}: {member.Text}");
            var lines = string.Join(", ", handoff.Optional("lines")?.Texts ?? []);
            yield return new ReviewableText($"handoff/{language}/{handoff.Name}", handoff.Name, string.Join("\n\n", parts.Append("lines: " + lines)), file, handoff.Line);
            foreach (var steps in handoff.Members.Where(member => member.Name is "steps" or "selfSteps" or "otherSteps" && !member.IsEmpty))
            {
                var prefix = steps.Name[..^"steps".Length];
                foreach (var (step, index) in steps.Items.Select((step, index) => (step, index)))
                {
                    yield return new ReviewableText($"step/{language}/{handoff.Name}/{(prefix.Length > 0 ? prefix + "-" : string.Empty)}{index + 1}", $"{handoff.Name}, step {index + 1}", step.RequiredText("text"), file, step.Line)
                    {
                        Evidence = [step.RequiredText("source")],
                    };
                }
            }
        }
    }

    public static IEnumerable<ReviewableText> OfHelplines(YamlValue root, string file)
    {
        foreach (var helpline in root.Optional("helplines")?.Items ?? [])
        {
            // The day it was checked may move on without a new signature; what people are shown may not.
            var shown = Leaves(helpline, string.Empty).Where(leaf => leaf.Path is not (".id" or ".checkedOn" or ".source")).Select(leaf => $"{leaf.Path.TrimStart('.')}: {leaf.Leaf.Text}");
            yield return new ReviewableText($"helpline/{helpline.RequiredText("id")}", helpline.RequiredText("id"), string.Join('\n', shown), file, helpline.Line) { Evidence = [helpline.RequiredText("source")] };
        }

        if (root.Optional("outside") is { } outside)
        {
            yield return new ReviewableText("helpline/outside", "outside the country", string.Join('\n', Leaves(outside, "outside").Select(leaf => leaf.Leaf.Text)), file, outside.Line);
        }
    }

    /// <summary>The line of numbers in each language that the bot does not read.</summary>
    public static IEnumerable<ReviewableText> OfOtherLanguages(YamlValue root, string file) =>
        (root.Optional("languages")?.Members ?? []).Select(language => (language, Help: language.Optional("help")))
            .Where(entry => entry.Help is not null)
            .Select(entry => new ReviewableText($"language/{entry.language.Name}", entry.language.Optional("name")?.Text ?? entry.language.Name, entry.Help!.Text, file, entry.Help.Line));

    /// <summary>The compiled-in text that goes out when no other can be read.</summary>
    public static ReviewableText OfFallback() => new("handoff/en/compiled-in", "compiled in, for when nothing else can be read", FallbackHandoff.Message.Text, "src/Bot.Core/Crisis/FallbackHandoff.cs", 0);

    private static IEnumerable<ReviewableText> OfTranslation(KnowledgeBase translation)
    {
        foreach (var answer in translation.Answers)
        {
            if (answer.TextLanguage == translation.Language)
            {
                yield return Of(answer);
            }
            else if (answer.Translation is { } text)
            {
                yield return new ReviewableText(answer.TranslationTextId, answer.Title, text, answer.File, answer.Line)
                {
                    // A translation is signed against the English text and the source at once.
                    Evidence = [answer.Text, .. answer.Quotes.Select(quote => quote.Text)],
                    Phrasings = [.. answer.Phrasings.Select(phrasing => phrasing.Text)],
                };
            }
        }
    }

    private static IEnumerable<(string Path, YamlValue Leaf)> Leaves(YamlValue value, string path) =>
        value.IsText ? [(path, value)]
        : value.IsMap ? value.Members.SelectMany(member => Leaves(member, $"{path}.{member.Name}"))
        : value.IsEmpty ? []
        : value.Items.SelectMany(item => Leaves(item, path));
}
