using Bot.Core.Knowledge;
using Bot.Core.Text;

namespace Bot.Server.Authoring;

/// <summary>The document beside its answers: which paragraph carries which, and which answers lost theirs.</summary>
internal static class CoverageReport
{
    private const int LineWidth = 110;

    /// <summary>Writes each source paragraph by paragraph with the answers that rest on it. True when every paragraph has one and no answer is stale.</summary>
    public static bool WriteCoverage(KnowledgeBase knowledgeBase, TextWriter output)
    {
        var isComplete = true;
        foreach (var source in knowledgeBase.Sources)
        {
            var answers = knowledgeBase.Answers.Concat(knowledgeBase.Drafts).Where(answer => answer.Source == source.Name).ToList();
            var (paragraphs, bare) = (0, 0);
            output.WriteLine($"{source.Name}: {source.Title}");
            foreach (var paragraph in source.Paragraphs)
            {
                output.WriteLine();
                output.WriteLine(paragraph.IsHeading ? $"## {paragraph.Text}" : $"{paragraph.Line,4}  {Shorten(paragraph.Text)}");
                if (!paragraph.IsHeading)
                {
                    var resting = answers.Where(answer => answer.Quotes.Any(quote => paragraph.Carries(quote.Text))).ToList();
                    paragraphs++;
                    bare += resting.Count == 0 ? 1 : 0;
                    output.WriteLine(resting.Count == 0
                        ? "      <- NO ANSWER RESTS ON THIS"
                        : "      <- " + string.Join(", ", resting.Select(answer => answer.Id + (knowledgeBase.Drafts.Contains(answer) ? " (draft, off)" : string.Empty))));
                }
            }

            output.WriteLine();
            output.WriteLine($"{paragraphs - bare} of {paragraphs} paragraphs have an answer; {answers.Count} answers rest on this document.");
            output.WriteLine();
            isComplete &= bare == 0;
        }

        return WriteStale(knowledgeBase, output) && isComplete;
    }

    /// <summary>Writes every quote that no longer stands in its source, with the passage that is nearest to it now. True when there is none.</summary>
    public static bool WriteStale(KnowledgeBase knowledgeBase, TextWriter output)
    {
        var stale = knowledgeBase.Answers.Concat(knowledgeBase.Drafts).SelectMany(answer => knowledgeBase.StaleQuotes(answer).Select(quote => (answer, quote))).ToList();
        foreach (var (answer, quote) in stale)
        {
            output.WriteLine($"{answer.File}({quote.Line}): '{answer.Id}' is stale. Its quote no longer stands in {answer.Source}:");
            output.WriteLine($"    was:  {quote.Text}");
            var nearest = NearestTo(quote.Text, knowledgeBase.Sources.First(source => source.Name == answer.Source));
            output.WriteLine(nearest is null ? "    now:  nothing like it" : $"    now:  line {nearest.Line}: {nearest.Text}");
        }

        output.WriteLine(stale.Count == 0
            ? "No answer is stale: every quote stands in its source."
            : $"{stale.Count} quote(s) of {stale.Select(item => item.answer.Id).Distinct().Count()} answer(s) no longer stand. Copy the new words, correct the answer, and sign it anew.");
        return stale.Count == 0;
    }

    /// <summary>The paragraph that shares the most words with a quote, if it shares a good part of them.</summary>
    private static Paragraph? NearestTo(string quote, SourceDocument source)
    {
        const double GoodPart = 0.4;
        var words = Words(quote);
        var (best, share) = source.Paragraphs
            .Select(paragraph => (paragraph, share: words.Count == 0 ? 0 : words.Count(Words(paragraph.Text).Contains) / (double)words.Count))
            .DefaultIfEmpty()
            .MaxBy(candidate => candidate.share);
        return share >= GoodPart ? best : null;
    }

    private static HashSet<string> Words(string text) => [.. TextNormalizer.Tokenize(text).Select(token => token.Text).Where(word => !StopWords.IsEnglishStopWord(word))];

    private static string Shorten(string text) => text.Length <= LineWidth ? text : text[..(LineWidth - 1)] + "…";
}
