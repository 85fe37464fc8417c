using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bot.Core.Knowledge;
using Bot.Core.Matching;

namespace Bot.Load;

/// <summary>
/// The matcher with 10, 100, 1,000 and 10,000 made-up answers of 10 phrasings each. An answer is about two or three words that few others share; its
/// phrasings put them among common words in different orders. A question is one of them with a word left out, one added and one mistyped.
/// </summary>
internal static class ScaleFigures
{
    private const int Phrasings = 10;
    private const int Queries = 1000;
    private const int Seed = 20261123;

    private static readonly int[] Sizes = [10, 100, 1000, 10_000];

    private static readonly string[] Frames =
        ["what is {0}", "how does {0} work", "tell me about {0}", "can you explain {0} to me", "why would {0} happen", "is {0} normal", "how long does {0} take", "who can help with {0}", "where do I go for {0}", "i have a question about {0}", "{0} please", "what should I know of {0}"];

    public static int Print()
    {
        var words = VocabularyOfTheSources();
        foreach (var language in new[] { "en", "es" })
        {
            foreach (var size in Sizes)
            {
                Console.WriteLine(JsonSerializer.Serialize(Measure(size, language, words)));
            }
        }

        return 0;
    }

    private static object Measure(int size, string language, string[] words)
    {
        var random = new Random(Seed);
        var topics = Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, random.Next(2, 4)).Select(_ => words[random.Next(words.Length)]).ToArray()).ToArray();
        var answers = topics.Select((topic, number) => new Answer
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Text = "-",
            Topic = "scale",
            Phrasings = [.. Enumerable.Range(0, Phrasings).Select(_ => new Phrasing(Ask(topic, random), 0)).DistinctBy(phrasing => phrasing.Text)],
            File = string.Empty,
            Line = 0,
        }).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var knowledgeBase = new KnowledgeBase(answers, [], SynonymTable.Empty, "scale", language);
        var matcher = new HybridMatcher();
        matcher.FindMatches(knowledgeBase, "warm up, please", null);
        var buildSeconds = clock.Elapsed.TotalSeconds;
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
        var times = new List<double>(Queries);
        var right = 0;
        for (var i = 0; i < Queries + 200; i++)
        {
            var expected = random.Next(size);
            var question = Spoil(Ask(topics[expected], random), random);
            var started = Stopwatch.GetTimestamp();
            var matches = matcher.FindMatches(knowledgeBase, question, null);
            if (i >= 200)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                right += matches.Count > 0 && matches[0].Answer.Id == answers[expected].Id ? 1 : 0;
            }
        }

        times.Sort();
        GC.KeepAlive(knowledgeBase);
        return new
        {
            answers = size,
            phrasings = answers.Sum(answer => answer.Phrasings.Count),
            meaning = language == "en",
            buildSeconds = Math.Round(buildSeconds, 2),
            megabytes = Math.Round(megabytes, 1),
            p50Milliseconds = Math.Round(times[times.Count / 2], 3),
            p99Milliseconds = Math.Round(times[times.Count * 99 / 100], 3),
            right = Math.Round(right / (double)Queries, 3),
        };
    }

    private static string Ask(string[] topic, Random random)
    {
        var order = topic.ToArray();
        random.Shuffle(order);
        return string.Format(CultureInfo.InvariantCulture, Frames[random.Next(Frames.Length)], string.Join(' ', order));
    }

    private static string Spoil(string text, Random random)
    {
        var words = text.Split(' ').ToList();
        words.RemoveAt(random.Next(words.Count - 1));
        words.Insert(random.Next(words.Count), "really");
        var at = random.Next(words.Count);
        if (words[at].Length > 5)
        {
            var position = random.Next(1, words[at].Length - 1);
            words[at] = words[at].Remove(position, 1);
        }

        return string.Join(' ', words);
    }

    /// <summary>The words of this repository's own documents and test questions.</summary>
    private static string[] VocabularyOfTheSources() =>
        [.. Directory.EnumerateFiles(RealContent.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("artifacts", StringComparison.Ordinal))
            .Append(Path.Combine(RealContent.Root, "tests", "phrasings", "questions.tsv")).Append(Path.Combine(RealContent.Root, "tests", "crisis", "messages.tsv"))
            .SelectMany(file => File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.ToLowerInvariant().Trim('.', ',', '(', ')', '`', '"', '*', ':', '?'))
            .Where(word => word.Length is > 4 and < 14 && word.All(char.IsAsciiLetterLower)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
