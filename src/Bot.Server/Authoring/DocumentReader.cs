using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;

namespace Bot.Server.Authoring;

/// <summary>One piece of a document.</summary>
internal sealed record DocumentBlock(DocumentBlockKind Kind, string Text);

internal enum DocumentBlockKind
{
    Heading,
    Paragraph,
    ListItem,
}

/// <summary>A document taken apart, as a draft needs it.</summary>
internal sealed record ReadDocument(string Title, string? Publisher, string? Origin, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>Takes a text, markdown or HTML document apart into headings, paragraphs and list items; navigation, forms and scripts are left out.</summary>
internal static partial class DocumentReader
{
    private const int LargestFile = 2 * 1024 * 1024;
    private const int LongestHeading = 90;
    private const string LeftOut = "script, style, noscript, template, nav, header, footer, aside, form, button, svg, iframe, select, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]";
    private const string Containers = "address, article, blockquote, body, dd, details, div, dl, dt, fieldset, figcaption, figure, h1, h2, h3, h4, h5, h6, li, main, ol, p, pre, section, summary, table, tbody, td, th, thead, tr, ul";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Throws <see cref="InvalidDataException"/>, naming the file and the cure, for anything that is not such a document.</summary>
    public static ReadDocument Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new InvalidDataException($"There is no file '{file}'.");
        }

        if (new FileInfo(file).Length > LargestFile)
        {
            throw new InvalidDataException($"'{file}' is larger than {LargestFile} bytes. Split it, or take the text alone.");
        }

        var text = File.ReadAllText(file);
        if (text.Contains('\0', StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new InvalidDataException($"'{file}' is not text in UTF-8. Save it as UTF-8 text, markdown or HTML.");
        }

        var name = Path.GetFileNameWithoutExtension(file);
        var document = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".TXT" => ReadText(text, name),
            ".MD" or ".MARKDOWN" => ReadHtml(Markdown.ToHtml(text, Pipeline), name),
            ".HTML" or ".HTM" => ReadHtml(text, name),
            _ => throw new InvalidDataException($"'{file}' is of a kind that is not read. Known: .txt, .md, .html."),
        };
        return document.Blocks.Any(block => block.Kind != DocumentBlockKind.Heading) ? document : throw new InvalidDataException($"'{file}' has no paragraph to draft an answer from.");
    }

    /// <summary>Blocks stand between blank lines. A short line without an end of sentence, or with a question mark, heads what follows.</summary>
    private static ReadDocument ReadText(string text, string name)
    {
        var blocks = new List<DocumentBlock>();
        foreach (var chunk in BlankLines().Split(text.ReplaceLineEndings("\n")))
        {
            var lines = chunk.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length > 0 && lines.All(line => ListMark().IsMatch(line)))
            {
                blocks.AddRange(lines.Select(line => new DocumentBlock(DocumentBlockKind.ListItem, Clean(ListMark().Replace(line, string.Empty)))));
            }
            else if (lines.Length > 0)
            {
                var joined = Clean(string.Join(' ', lines));
                var isHeading = lines.Length == 1 && joined.Length <= LongestHeading && joined[^1] is not ('.' or '!' or ':' or ';' or ',' or '"' or '\u201D');
                blocks.Add(new DocumentBlock(isHeading ? DocumentBlockKind.Heading : DocumentBlockKind.Paragraph, joined));
            }
        }

        var title = blocks is [{ Kind: DocumentBlockKind.Heading } first, ..] ? first.Text : name;
        return new ReadDocument(title, null, null, WithoutTitle(blocks, title));
    }

    private static ReadDocument ReadHtml(string html, string name)
    {
        using var page = new HtmlParser(new HtmlParserOptions { IsScripting = false }, BrowsingContext.New(Configuration.Default)).ParseDocument(html);
        foreach (var element in page.QuerySelectorAll(LeftOut).Where(element => element.QuerySelector("h1") is null).ToList())
        {
            element.Remove();
        }

        foreach (var list in page.QuerySelectorAll("ul, ol, dl, div[class*=toc], div[id*=toc]").Where(IsTableOfContents).ToList())
        {
            list.Remove();
        }

        var body = page.QuerySelector("main, [role=main]") ?? page.QuerySelector("article") ?? page.Body;
        var blocks = new List<DocumentBlock>();
        if (body is not null)
        {
            Walk(body, blocks);
        }

        var title = Clean((body?.QuerySelector("h1") ?? page.QuerySelector("h1"))?.TextContent ?? page.Title ?? string.Empty) is { Length: > 0 } found ? found : name;
        return new ReadDocument(
            title,
            page.QuerySelector("meta[property='og:site_name'], meta[name=author], meta[name=publisher]")?.GetAttribute("content"),
            page.QuerySelector("link[rel=canonical]")?.GetAttribute("href"),
            WithoutTitle(blocks, title));
    }

    /// <summary>Goes down to the elements that hold running text, whatever tag they have.</summary>
    private static void Walk(IElement element, List<DocumentBlock> blocks)
    {
        var inline = new StringBuilder();
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement part && (part.Matches(Containers) || part.QuerySelector(Containers) is not null))
            {
                Flush();
                Walk(part, blocks);
            }
            else if (child is IElement { LocalName: "br" })
            {
                inline.Append(' ');
            }
            else if (child is not IComment)
            {
                inline.Append(child.TextContent);
            }
        }

        Flush();

        void Flush()
        {
            if (Clean(inline.ToString()) is { Length: > 0 } text && text.Any(char.IsLetterOrDigit))
            {
                var kind = element.LocalName is ['h', >= '1' and <= '6'] ? DocumentBlockKind.Heading
                    : element.Closest("li") is not null ? DocumentBlockKind.ListItem
                    : DocumentBlockKind.Paragraph;
                blocks.Add(new DocumentBlock(kind, text));
            }

            inline.Clear();
        }
    }

    /// <summary>A list of nothing but links leads elsewhere and says nothing itself.</summary>
    private static bool IsTableOfContents(IElement list)
    {
        const int FewestLinks = 3;
        const double MostlyLinks = 0.8;
        var links = list.QuerySelectorAll("a[href]");
        return links.Length >= FewestLinks && links.Sum(link => Clean(link.TextContent).Length) >= MostlyLinks * Clean(list.TextContent).Length;
    }

    private static List<DocumentBlock> WithoutTitle(List<DocumentBlock> blocks, string title) =>
        [.. blocks.SkipWhile(block => block.Text == title)];

    private static string Clean(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"^([-*\u2022\u00B7]|\d{1,2}[.)])\s+")]
    private static partial Regex ListMark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
