namespace Bot.Core.Text;

/// <summary>The words of a text and the marks between them: a question is none without its mark.</summary>
public static class MarkedWords
{
    /// <summary>Each word, and after it the mark that says most of those that stand before the next: a question mark, a full stop, a comma.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words, or the first of them, in order.</param>
    public static IEnumerable<string> Of(string text, IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokens);
        return Enumerate(text, tokens);
    }

    private static IEnumerable<string> Enumerate(string text, IReadOnlyList<Token> tokens)
    {
        var end = text.AsSpan().TrimEnd().Length;
        for (var i = 0; i < tokens.Count; i++)
        {
            yield return tokens[i].Text;
            var (from, to) = (tokens[i].End, i + 1 < tokens.Count ? tokens[i + 1].Start : end);
            if (to > from && MarkIn(text.AsSpan(from, to - from)) is { } mark)
            {
                yield return mark;
            }
        }
    }

    private static string? MarkIn(ReadOnlySpan<char> gap) =>
        gap.Contains('?') ? "?"
        : gap.ContainsAny('.', ';', '\n') || gap.Contains('\u2026') ? "."
        : gap.Contains(',') ? ","
        : null;
}
