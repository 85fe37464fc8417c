using System.Globalization;
using Bot.Server.Evaluation;

namespace Bot.Peers;

/// <summary>Runs every engine on every set, one after the other, and prints one table a set and one of the means.</summary>
internal static class PeerRun
{
    public static async Task<int> RunAsync(string folder, TextWriter output, TextWriter error)
    {
        (string Name, Func<string, Task<MatchingFigures>> Run)[] engines =
        [
            ("ours", set => Task.FromResult(MatchingEvaluation.Measure(set, null, TextWriter.Null).Figures)),
            ("Lucene.Net BM25, a document per phrasing", set => Task.FromResult(LuceneEngine.Measure(set, isMerged: false))),
            ("Lucene.Net BM25, a document per answer", set => Task.FromResult(LuceneEngine.Measure(set, isMerged: true))),
            ("NLP.js", NlpJsEngine.MeasureAsync),
        ];
        var all = engines.ToDictionary(engine => engine.Name, _ => new List<MatchingFigures>(), StringComparer.Ordinal);
        foreach (var set in Directory.GetDirectories(folder).Where(set => File.Exists(Path.Combine(set, "train.tsv"))).Order(StringComparer.Ordinal))
        {
            foreach (var (name, run) in engines)
            {
                await error.WriteLineAsync($"{Path.GetFileName(set)}: {name}");
                all[name].Add(await run(set));
            }

            var first = all["ours"][^1];
            await WriteAsync(output, $"{Path.GetFileName(set)} ({first.Answers} answers, {first.Phrasings} phrasings, {first.Queries} queries)", all.Select(pair => (pair.Key, new[] { pair.Value[^1] })));
        }

        await WriteAsync(output, "Means of all sets; AUROC and A@80 of those with out-of-scope rows", all.Select(pair => (pair.Key, pair.Value.ToArray())));
        return 0;
    }

    private static async Task WriteAsync(TextWriter output, string title, IEnumerable<(string Engine, MatchingFigures[] Figures)> rows)
    {
        await output.WriteLineAsync($"\n**{title}**\n\n| engine | accuracy | MRR@10 | AUROC | A@80 | A@95 | p50 µs | p99 µs | build ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (engine, figures) in rows)
        {
            string[] cells =
            [
                Percent(figures.Select(one => (double?)one.Accuracy)), Percent(figures.Select(one => (double?)one.Mrr10)), Percent(figures.Select(one => one.Auroc)),
                Percent(figures.Select(one => one.AnsweredRightAt80)), Percent(figures.Select(one => one.AnsweredRightAt95)),
                Number(figures.Average(one => one.LatencyMicroseconds.P50)), Number(figures.Average(one => one.LatencyMicroseconds.P99)), Number(figures.Average(one => one.BuildMilliseconds)),
            ];
            await output.WriteLineAsync($"| {engine} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Percent(IEnumerable<double?> values) =>
        values.OfType<double>().ToList() is { Count: > 0 } known ? (known.Average() * 100).ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Number(double value) => value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
