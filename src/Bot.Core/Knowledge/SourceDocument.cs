using System.Text;

namespace Bot.Core.Knowledge;

/// <summary>The document that answers are taken from, as it was when they were curated.</summary>
public sealed class SourceDocument
{
    private readonly string _foldedText;

    public SourceDocument(string name, string title, string publisher, string retrieved, string text, IReadOnlyList<string> sections, IReadOnlyList<string> furniture)
    {
        Name = name;
        Title = title;
        Publisher = publisher;
        Retrieved = retrieved;
        Sections = sections;
        Paragraphs = SplitParagraphs(text, sections, furniture);
        _foldedText = Fold(text);
    }

    public string Name { get; }

    public string Title { get; }

    public string Publisher { get; }

    /// <summary>The day the text was taken, as yyyy-MM-dd.</summary>
    public string Retrieved { get; }

    /// <summary>The document's headings, in order.</summary>
    public IReadOnlyList<string> Sections { get; }

    /// <summary>What stands between blank lines, headings among them; page furniture such as "Jump to a Section" left out.</summary>
    public IReadOnlyList<Paragraph> Paragraphs { get; }

    /// <summary>True when the words stand in the document: white space, curly quotes and dashes apart, letter by letter.</summary>
    public bool Contains(string quote) => _foldedText.Contains(Fold(quote), StringComparison.Ordinal);

    public string? SectionOf(string quote)
    {
        string? section = null;
        var folded = Fold(quote);
        foreach (var paragraph in Paragraphs)
        {
            section = paragraph.IsHeading ? paragraph.Text : section;
            if (Fold(paragraph.Text).Contains(folded, StringComparison.Ordinal))
            {
                return section;
            }
        }

        return null;
    }

    /// <summary>White space, quotation marks and bullets in one form, so that a quote copied from a page is still the same words.</summary>
    internal static string Fold(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            var folded = c switch { '\u2018' or '\u2019' => '\'', '\u201C' or '\u201D' => '"', '\u2022' => ' ', _ => char.IsWhiteSpace(c) ? ' ' : c };
            if (folded != ' ' || builder.Length > 0 && builder[^1] != ' ')
            {
                builder.Append(folded);
            }
        }

        return builder.ToString().Trim();
    }

    private static List<Paragraph> SplitParagraphs(string text, IReadOnlyList<string> sections, IReadOnlyList<string> furniture)
    {
        var headings = sections.Select(Fold).ToHashSet(StringComparer.Ordinal);
        var leftOut = furniture.Select(Fold).ToHashSet(StringComparer.Ordinal);
        var paragraphs = new List<Paragraph>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var folded = Fold(lines[i]);
            if (folded.Length > 0 && !leftOut.Contains(folded))
            {
                paragraphs.Add(new Paragraph(lines[i].Trim(), i + 1, headings.Contains(folded)));
            }
        }

        return paragraphs;
    }
}

/// <summary>One paragraph of a source.</summary>
public sealed record Paragraph(string Text, int Line, bool IsHeading)
{
    /// <summary>True when a quote stands in the paragraph, or holds all of it.</summary>
    public bool Carries(string quote)
    {
        var (folded, text) = (SourceDocument.Fold(quote), SourceDocument.Fold(Text));
        return folded.Length > 0 && (text.Contains(folded, StringComparison.Ordinal) || folded.Contains(text, StringComparison.Ordinal));
    }
}
