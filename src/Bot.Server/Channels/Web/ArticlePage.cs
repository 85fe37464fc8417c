using System.Text;
using System.Text.Encodings.Web;
using Bot.Core.Knowledge;
using Bot.Server.Content;

namespace Bot.Server.Channels.Web;

/// <summary>The source article as a page, from the very text that the answers quote, with an id on each section for citations.</summary>
internal static class ArticlePage
{
    private const string BulletMark = "\u2022";

    /// <summary>Fills the template's places for the title and the article.</summary>
    /// <param name="template">The template.</param>
    /// <param name="source">The document.</param>
    /// <param name="root">The way from the page to the site's root: empty, or "../".</param>
    public static string Render(string template, SourceDocument source, string root)
    {
        var title = HtmlEncoder.Default.Encode(source.Title);
        return template.Replace("<!--root-->", root, StringComparison.Ordinal).Replace("<!--title-->", title, StringComparison.Ordinal).Replace("<!--article-->", Body(source), StringComparison.Ordinal)
            .Replace("<!--publisher-->", HtmlEncoder.Default.Encode(source.Publisher), StringComparison.Ordinal)
            .Replace("<!--retrieved-->", HtmlEncoder.Default.Encode(source.Retrieved), StringComparison.Ordinal);
    }

    private static string Body(SourceDocument source)
    {
        var html = new StringBuilder();
        html.Append("<h1 id=\"").Append(ArticleAddresses.AnchorOf(null)).Append("\">").Append(HtmlEncoder.Default.Encode(source.Title)).Append("</h1>\n");
        var isInList = false;
        foreach (var paragraph in source.Paragraphs)
        {
            var isBullet = paragraph.Text.StartsWith(BulletMark, StringComparison.Ordinal);
            if (isBullet != isInList)
            {
                html.Append(isBullet ? "<ul>\n" : "</ul>\n");
                isInList = isBullet;
            }

            var text = HtmlEncoder.Default.Encode(isBullet ? paragraph.Text[BulletMark.Length..].Trim() : paragraph.Text);
            html.Append(paragraph.IsHeading ? $"<h2 id=\"{ArticleAddresses.AnchorOf(paragraph.Text)}\">{text}</h2>\n" : isBullet ? $"<li>{text}</li>\n" : $"<p>{text}</p>\n");
        }

        return html.Append(isInList ? "</ul>\n" : string.Empty).ToString();
    }
}
