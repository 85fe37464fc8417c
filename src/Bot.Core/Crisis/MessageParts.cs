using System.Buffers;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>Where a sentence ends, and a clause: what stands beside danger must not talk it away.</summary>
internal static class MessageParts
{
    private const string Marks = ".!?;\n\u2026";

    public static SearchValues<char> SentenceEnds { get; } = SearchValues.Create(Marks);

    /// <summary>Clauses are looked at where a strict rule has found something: "he is not breathing, call me at …".</summary>
    public static SearchValues<char> ClauseEnds { get; } = SearchValues.Create(Marks + ",:");

    /// <summary>The parts of the message, as numbers of words; null when it is one.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words.</param>
    /// <param name="shortest">Parts of fewer words are left out.</param>
    /// <param name="ends">What ends a part.</param>
    public static List<Range>? Split(string text, IReadOnlyList<Token> tokens, int shortest, SearchValues<char> ends)
    {
        List<Range>? parts = null;
        var start = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            var isEnd = i == tokens.Count || tokens[i].Start > tokens[i - 1].End && text.AsSpan(tokens[i - 1].End, tokens[i].Start - tokens[i - 1].End).ContainsAny(ends);
            if (!isEnd || i == tokens.Count && start == 0)
            {
                continue;
            }

            if (i - start >= shortest)
            {
                (parts ??= []).Add(start..i);
            }

            start = i;
        }

        return parts;
    }
}
