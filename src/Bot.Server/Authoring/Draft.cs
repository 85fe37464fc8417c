using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Core.Knowledge;
using Bot.Core.Reviews;
using Bot.Core.Text;
using Bot.Server.Content;

namespace Bot.Server.Authoring;

/// <summary>A new document as content: the source, its card, and a .qna file whose answers are off until somebody signs them.</summary>
internal sealed partial record Draft(string Name, string SourceText, string Card, string Qna, int Answers)
{
    private const int LongestTitle = 90;

    /// <summary>Makes a draft. Headings become questions; each paragraph, with its list, an answer that quotes it word for word.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The file name without ending that source and answers get.</param>
    /// <param name="today">The day the text was taken.</param>
    /// <param name="existing">The content that is there: ids and phrasings in use are not used again. Null when it cannot be read.</param>
    public static Draft Of(ReadDocument document, string name, DateOnly today, KnowledgeBase? existing)
    {
        var others = existing is null ? [] : existing.Answers.Concat(existing.Drafts).ToList();
        var ids = others.Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        var keys = others.SelectMany(answer => answer.Phrasings).Select(phrasing => TextNormalizer.Key(phrasing.Text)).ToHashSet(StringComparer.Ordinal);

        var source = new StringBuilder();
        var qna = new StringBuilder(
            $"""
            > Drafted from "{document.Title}" on {ReviewBook.Write(today)}. Every answer is off until it is signed.
            > Before that: shorten the answers, give each at least ten phrasings, delete what nobody will ask.
            > !# @source = {name}.txt
            > !# @state = draft
            > !# @topic = {document.Title}

            """.ReplaceLineEndings("\n"));
        var answers = 0;
        var heading = document.Title;
        for (var i = 0; i < document.Blocks.Count; i++)
        {
            var block = document.Blocks[i];
            if (block.Kind == DocumentBlockKind.Heading)
            {
                heading = block.Text;
                source.Append(block.Text).Append("\n\n");
                continue;
            }

            // A paragraph and the list that follows it belong together.
            var parts = new List<DocumentBlock> { block };
            while (i + 1 < document.Blocks.Count && document.Blocks[i + 1].Kind == DocumentBlockKind.ListItem)
            {
                parts.Add(document.Blocks[++i]);
            }

            parts.ForEach(part => source.Append(part.Kind == DocumentBlockKind.ListItem ? "• " : string.Empty).Append(part.Text).Append("\n\n"));
            var title = TitleOf(heading, block.Text, keys);
            AppendAnswer(qna, Unique(Slug(title), ids), title, parts);
            answers++;
        }

        return new Draft(name, source.ToString().TrimEnd() + "\n", CardOf(document, today), qna.ToString(), answers);
    }

    /// <summary>Writes the three files below the content folder. Nothing that exists is overwritten.</summary>
    public IReadOnlyList<string> Write(string contentFolder)
    {
        var files = new (string Path, string Text)[]
        {
            (Path.Combine(contentFolder, "sources", Name + ".txt"), SourceText),
            (Path.Combine(contentFolder, "sources", Name + ".yml"), Card),
            (Path.Combine(contentFolder, "knowledge-base", Name + ".en-us.qna"), Qna),
        };
        if (files.FirstOrDefault(file => File.Exists(file.Path)) is { Path: { } taken })
        {
            throw new InvalidDataException($"'{taken}' exists already. Rename the document, or delete the earlier draft; nothing was written.");
        }

        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return [.. files.Select(file => file.Path)];
    }

    /// <summary>"Signs Someone Is Using" as "signs-someone-is-using".</summary>
    public static string Slug(string text)
    {
        const int Longest = 60;
        var words = new StringBuilder();
        foreach (var word in ArticleAddresses.AnchorOf(text).Split('-', StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => words.Length + word.Length < Longest))
        {
            words.Append(words.Length > 0 ? "-" : string.Empty).Append(word);
        }

        return words.Length > 0 ? words.ToString() : "document";
    }

    private static void AppendAnswer(StringBuilder qna, string id, string title, List<DocumentBlock> parts)
    {
        qna.Append("\n<a id = \"").Append(id).Append("\"></a>\n\n# ? ").Append(title).Append("\n\n");
        parts.ForEach(part => qna.Append("> quote: ").Append(part.Text).Append('\n'));
        qna.Append("\n```markdown\n");
        foreach (var part in parts)
        {
            qna.Append(part.Kind == DocumentBlockKind.ListItem ? "- " : string.Empty)
                .Append(part.Text.Replace("```", "\"", StringComparison.Ordinal))
                .Append(part.Kind == DocumentBlockKind.Paragraph && parts.Count > 1 ? "\n\n" : "\n");
        }

        qna.Append("```\n");
    }

    /// <summary>The heading, for the first paragraph below it; later ones add how they begin.</summary>
    private static string TitleOf(string heading, string paragraph, HashSet<string> keys)
    {
        var start = EndOfClause().Split(paragraph, 2)[0];
        start = start.Length <= LongestTitle ? start : start[..start.LastIndexOf(' ', LongestTitle)] + "…";
        heading = SectionNumber().Replace(heading, string.Empty);
        var longer = $"{heading.TrimEnd('?', '.', ':')}: {start}";
        return new[] { heading, longer }.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{longer} ({number})")).First(candidate => keys.Add(TextNormalizer.Key(candidate)));
    }

    private static string Unique(string id, HashSet<string> ids) =>
        Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{id}-{number}").Prepend(id).First(ids.Add);

    private static string CardOf(ReadDocument document, DateOnly today)
    {
        var headings = document.Blocks.Where(block => block.Kind == DocumentBlockKind.Heading).Select(block => block.Text).Distinct(StringComparer.Ordinal).ToList();
        return new StringBuilder("# About the document beside this file. Written by '-- draft'; check every line.\n")
            .Append("title: ").Append(Quote(document.Title)).Append('\n')
            .Append("publisher: ").Append(Quote(document.Publisher is { Length: > 0 } publisher ? publisher : "not known; fill this in")).Append('\n')
            .Append("origin: ").Append(Quote(document.Origin is { Length: > 0 } origin ? origin : "not known; fill in where the text was taken from")).Append('\n')
            .Append("retrieved: ").Append(today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append('\n')
            .Append(headings.Count == 0 ? "sections: []\n" : "sections:\n" + string.Concat(headings.Select(heading => $"  - {Quote(heading)}\n")))
            .ToString();
    }

    [GeneratedRegex(@"[.!?;:](\s|$)")]
    private static partial Regex EndOfClause();

    [GeneratedRegex(@"^(chapter |section )?\d+(\.\d+)*[.:)]?\s+(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex SectionNumber();

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
