using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// What the statistical model sees of a message: letters in runs of two to five inside a word, and words alone, in pairs and in threes,
/// each hashed into a fixed number of buckets. Training and the screen share this code.
/// </summary>
public static class RiskFeatures
{
    /// <summary>2^17 buckets: more made no difference on the developers' set.</summary>
    public const int Buckets = 1 << 17;

    private const int ShortestRun = 2;
    private const int LongestRun = 5;
    private const int LongestWords = 3;

    /// <summary>Calls back for each feature of the words, with its bucket and its weight; the weights of a kind have the length 1 together.</summary>
    public static void Visit<TState>(ReadOnlySpan<Token> tokens, ref TState state, FeatureVisitor<TState> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var runs = 0;
        var words = 0;
        foreach (var token in tokens)
        {
            var padded = token.Text.Length + 2;
            for (var length = ShortestRun; length <= LongestRun; length++)
            {
                runs += Math.Max(0, padded - length + 1);
            }
        }

        for (var length = 1; length <= LongestWords; length++)
        {
            words += Math.Max(0, tokens.Length - length + 1);
        }

        if (runs > 0)
        {
            VisitRuns(tokens, 1 / MathF.Sqrt(runs), ref state, visit);
            VisitWords(tokens, 1 / MathF.Sqrt(words), ref state, visit);
        }
    }

    private static void VisitRuns<TState>(ReadOnlySpan<Token> tokens, float weight, ref TState state, FeatureVisitor<TState> visit)
    {
        foreach (var token in tokens)
        {
            var word = token.Text;
            for (var start = -1; start <= word.Length; start++)
            {
                var hash = Fnv.OfLetters;
                for (var length = 1; length <= LongestRun && start + length <= word.Length + 1; length++)
                {
                    var position = start + length - 1;
                    hash = Fnv.Add(hash, position < 0 || position >= word.Length ? ' ' : word[position]);
                    if (length >= ShortestRun)
                    {
                        visit(ref state, Fnv.ToBucket(hash, Buckets), weight);
                    }
                }
            }
        }
    }

    private static void VisitWords<TState>(ReadOnlySpan<Token> tokens, float weight, ref TState state, FeatureVisitor<TState> visit)
    {
        for (var start = 0; start < tokens.Length; start++)
        {
            var hash = Fnv.OfWords;
            for (var length = 1; length <= LongestWords && start + length <= tokens.Length; length++)
            {
                hash = Fnv.Add(Fnv.Add(hash, tokens[start + length - 1].Text), '\n');
                visit(ref state, Fnv.ToBucket(hash, Buckets), weight);
            }
        }
    }
}

/// <summary>Takes one feature.</summary>
public delegate void FeatureVisitor<TState>(ref TState state, int bucket, float weight);
