using System.Text.RegularExpressions;

namespace Bot.Core.Content;

/// <summary>Checks the few named places in fixed texts where a number is put in. Texts are data, never templates with logic.</summary>
public static partial class ContentPlaceholders
{
    public static void Check(YamlValue value, IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(known);
        foreach (var name in In(value.Text).Where(name => !known.Contains(name)))
        {
            value.Report($"'{{{name}}}' is no placeholder. Known: {string.Join(", ", known.Select(placeholder => "{" + placeholder + "}"))}.");
        }
    }

    /// <summary>The names in braces in a text.</summary>
    public static IEnumerable<string> In(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
