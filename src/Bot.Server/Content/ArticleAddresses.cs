using System.Text;

namespace Bot.Server.Content;

/// <summary>Where a source can be read, and the ids under which its sections can be linked to.</summary>
public static class ArticleAddresses
{
    /// <summary>Where sources are shown that are not the front page.</summary>
    public const string OtherArticles = "/articles/";

    /// <summary>A longer quote is named by its first and last words.</summary>
    private const int MostWords = 10;

    private const int WordsAtEachEnd = 4;

    private const string Opening = "article";

    /// <summary>The address of a section of a source.</summary>
    public static string Of(ContentOptions options, string source, string? section)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (source == options.Article ? options.ArticleUrl : OtherArticles + Uri.EscapeDataString(source)) + "#" + AnchorOf(section);
    }

    /// <summary>The address of a passage: of its section, and of the very words for browsers that can show them (a text fragment).</summary>
    public static string Of(ContentOptions options, string source, string? section, string quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var words = quote.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var parts = words.Length <= MostWords ? [quote] : new[] { string.Join(' ', words[..WordsAtEachEnd]), string.Join(' ', words[^WordsAtEachEnd..]) };
        return Of(options, source, section) + ":~:text=" + string.Join(',', parts.Select(part => Uri.EscapeDataString(part).Replace("-", "%2D", StringComparison.Ordinal)));
    }

    /// <summary>A heading as an id ("how-does-heroin-impact-the-brain"); what stands before the first heading is "article".</summary>
    public static string AnchorOf(string? section)
    {
        if (section is null)
        {
            return Opening;
        }

        var id = new StringBuilder(section.Length);
        foreach (var c in section)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                id.Append(char.ToLowerInvariant(c));
            }
            else if (id.Length > 0 && id[^1] != '-' && c is not ('\u2019' or '\''))
            {
                id.Append('-');
            }
        }

        return id.ToString().TrimEnd('-');
    }
}
