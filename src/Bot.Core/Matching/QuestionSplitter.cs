using System.Text.RegularExpressions;
using Bot.Core.Text;

namespace Bot.Core.Matching;

/// <summary>Finds the questions in a message that holds more than one: "is heroin a stimulant? and how long does rehab take".</summary>
public static partial class QuestionSplitter
{
    /// <summary>More are a form, or a story.</summary>
    public const int MostQuestions = 3;

    private const int LongestText = 600;

    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "what", "whats", "how", "why", "when", "where", "who", "which", "is", "isnt", "are", "arent", "am", "was", "do", "does", "doesnt", "dont", "did", "can", "cant", "could", "will", "would", "should", "has", "have", "tell", "explain",
        "que", "como", "por", "cuando", "cuanto", "cuanta", "donde", "quien", "cual", "cuales", "es", "son", "puede", "pueden", "puedo", "hay", "se", "tiene", "sirve", "explique", "digame",
    };

    private static readonly HashSet<string> Joiners = new(StringComparer.Ordinal) { "and", "also", "plus", "y", "e", "ademas", "tambien", "but", "pero" };

    /// <summary>The questions, in their order, at most <see cref="MostQuestions"/>; empty when the message holds one or none, or is too long to be a list of questions.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            return [];
        }

        var questions = SentenceEnds().Split(text).SelectMany(SplitAtJoiners).Where(IsQuestion).ToList();
        return questions.Count is > 1 and <= MostQuestions ? questions : [];
    }

    /// <summary>"and", with a question's opening after it, begins another question: not in "heroin and cocaine", nor in "what is and isn't".</summary>
    private static IEnumerable<string> SplitAtJoiners(string sentence)
    {
        var start = 0;
        foreach (Match joint in Joints().Matches(sentence))
        {
            if (IsQuestion(sentence[start..joint.Index]) && IsQuestion(sentence[joint.Index..]))
            {
                yield return sentence[start..joint.Index].Trim();
                start = joint.Index;
            }
        }

        yield return sentence[start..].Trim();
    }

    private static bool IsQuestion(string text)
    {
        const int FewestWords = 2;
        var words = TextNormalizer.Tokenize(text);
        var first = 0;
        while (first < words.Count && Joiners.Contains(words[first].Text))
        {
            first++;
        }

        // "why?" after another question is one.
        return first < words.Count && (Openers.Contains(words[first].Text) && (words.Count - first >= FewestWords || words[first].Text is "why")
            || text.TrimEnd().EndsWith('?') && words.Count - first >= FewestWords);
    }

    [GeneratedRegex(@"(?<=[.?!;\n])\s*")]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(@"[,\s]+(?=(?:and|also|plus|but|y|e|además|ademas|también|tambien|pero)\s)|,\s*(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joints();
}
