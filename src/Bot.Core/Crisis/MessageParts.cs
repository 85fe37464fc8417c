using System.Buffers;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>Where a sentence ends: what stands beside danger must not talk it away.</summary>
internal static class MessageParts
{
    public static SearchValues<char> SentenceEnds { get; } = SearchValues.Create(".!?;\n\u2026");

    /// <summary>The sentences of the message, as numbers of words; null when it is one.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words.</param>
    /// <param name="shortest">Sentences of fewer words are left out.</param>
    public static List<Range>? Sentences(string text, IReadOnlyList<Token> tokens, int shortest)
    {
        List<Range>? parts = null;
        var start = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            var isEnd = i == tokens.Count || tokens[i].Start > tokens[i - 1].End && text.AsSpan(tokens[i - 1].End, tokens[i].Start - tokens[i - 1].End).ContainsAny(SentenceEnds);
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
