using System.Diagnostics;
using System.Globalization;
using Bot.Server.Evaluation;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Bot.Peers;

/// <summary>Lucene.Net with its English analyzer and BM25: the usual way to search questions without a model.</summary>
internal static class LuceneEngine
{
    private const string IdField = "id";
    private const string TextField = "text";
    private const int DocumentsLookedAt = 50;

    public static MatchingFigures Measure(string folder, bool isMerged)
    {
        var train = TsvTable.Read(Path.Combine(folder, "train.tsv"), "answer_id", "phrasing");
        var test = TsvTable.Read(Path.Combine(folder, "test.tsv"), "answer_id", "query");
        var clock = Stopwatch.StartNew();
        using var analyzer = new EnglishAnalyzer(LuceneVersion.LUCENE_48);
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new BM25Similarity() }))
        {
            var documents = isMerged
                ? train.Rows.GroupBy(row => row[0], StringComparer.Ordinal).Select(group => (Id: group.Key, Text: string.Join('\n', group.Select(row => row[1]))))
                : train.Rows.Select(row => (Id: row[0], Text: row[1]));
            foreach (var (id, text) in documents)
            {
                writer.AddDocument([new StringField(IdField, id, Field.Store.YES), new TextField(TextField, text, Field.Store.NO)]);
            }
        }

        using var reader = DirectoryReader.Open(directory);
        var searcher = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        Search(searcher, analyzer, train.Rows[0][1]);
        var buildMilliseconds = clock.Elapsed.TotalMilliseconds;

        var results = new List<MatchingResult>(test.Rows.Count);
        foreach (var row in test.Rows)
        {
            var start = Stopwatch.GetTimestamp();
            var hits = Search(searcher, analyzer, row[1]);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            results.Add(MatchingResult.Of(row[1], row[0], [.. hits.Select(hit => hit.Id)], hits.Count > 0 ? hits[0].Score : 0, elapsed));
        }

        return MatchingFigures.Of(train, results, buildMilliseconds, 0);
    }

    private static List<(string Id, double Score)> Search(IndexSearcher searcher, Analyzer analyzer, string text)
    {
        var query = new BooleanQuery();
        using (var tokens = analyzer.GetTokenStream(TextField, text))
        {
            var term = tokens.AddAttribute<ICharTermAttribute>();
            tokens.Reset();
            while (tokens.IncrementToken())
            {
                query.Add(new TermQuery(new Term(TextField, term.ToString())), Occur.SHOULD);
            }

            tokens.End();
        }

        return [.. searcher.Search(query, DocumentsLookedAt).ScoreDocs.Select(hit => (Id: searcher.Doc(hit.Doc).GetField(IdField).GetStringValue(CultureInfo.InvariantCulture), (double)hit.Score)).DistinctBy(hit => hit.Id)];
    }
}
