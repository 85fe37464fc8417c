using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Server.Evaluation;

/// <summary>What the evaluations count alike.</summary>
internal static class Figures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static string ToJson(object figures) => JsonSerializer.Serialize(figures, Json);

    public static double Round(double value) => Math.Round(value, 4);

    public static Latency Latency(IReadOnlyList<double> microseconds) => new(Math.Round(Percentile(microseconds, 0.50), 1), Math.Round(Percentile(microseconds, 0.99), 1));

    /// <summary>How likely a right one scores above a wrong one; ties count half.</summary>
    public static double AreaUnderCurve(IEnumerable<double> positives, IEnumerable<double> negatives)
    {
        var ranked = positives.Select(score => (score, isPositive: true)).Concat(negatives.Select(score => (score, isPositive: false))).GroupBy(pair => pair.score).OrderBy(group => group.Key);
        double rank = 0, sum = 0;
        long all = 0, good = 0;
        foreach (var tie in ranked)
        {
            var count = tie.Count();
            var goodInTie = tie.Count(pair => pair.isPositive);
            sum += goodInTie * (rank + (count + 1) / 2.0);
            rank += count;
            all += count;
            good += goodInTie;
        }

        return (sum - good * (good + 1) / 2.0) / (good * (double)(all - good));
    }

    /// <summary>Shows on standard error how far a long run is, a line every couple of seconds.</summary>
    public static IEnumerable<T> WithProgress<T>(IReadOnlyList<T> items, TextWriter error)
    {
        var last = Environment.TickCount64;
        for (var i = 0; i < items.Count; i++)
        {
            if (Environment.TickCount64 - last > 2000)
            {
                last = Environment.TickCount64;
                error.WriteLine($"{i} of {items.Count}");
            }

            yield return items[i];
        }
    }

    private static double Percentile(IReadOnlyList<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}

/// <summary>Half of the calls take at most P50, 99 of 100 at most P99.</summary>
internal sealed record Latency(double P50, double P99);
