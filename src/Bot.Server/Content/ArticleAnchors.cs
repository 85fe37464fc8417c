using System.Text;

namespace Bot.Server.Content;

/// <summary>The ids under which the article's sections can be linked to.</summary>
public static class ArticleAnchors
{
    private const string Opening = "article";

    /// <summary>A heading as an id ("how-does-heroin-impact-the-brain"); what stands before the first heading is "article".</summary>
    public static string Of(string? section)
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
