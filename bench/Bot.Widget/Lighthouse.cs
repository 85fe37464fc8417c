using System.Diagnostics;
using System.Text.Json;

namespace Bot.Widget;

/// <summary>Lighthouse's scores of the host's page without and with our tag, on its own slow phone; the median of the runs.</summary>
internal static class Lighthouse
{
    private const int Runs = 3;

    public static async Task<object> MeasureAsync(string site) => new { without = await ScoreAsync(site + "/plain"), with = await ScoreAsync(site + "/ours") };

    private static async Task<Dictionary<string, double>> ScoreAsync(string url)
    {
        var scores = new List<Dictionary<string, double>>();
        for (var i = 0; i < Runs; i++)
        {
            var start = new ProcessStartInfo("node", [Path.Combine(Site.Folder, "node_modules", "lighthouse", "cli", "index.js"), url, "--quiet", "--output=json", "--only-categories=performance,accessibility,best-practices", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]) { RedirectStandardOutput = true };
            start.Environment["CHROME_PATH"] = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
            using var process = Process.Start(start)!;
            var report = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync()).RootElement;
            await process.WaitForExitAsync();
            scores.Add(report.GetProperty("categories").EnumerateObject().ToDictionary(category => category.Name, category => category.Value.GetProperty("score").GetDouble() * 100));
        }

        return scores[0].Keys.ToDictionary(name => name, name => scores.Select(score => score[name]).Order().ElementAt(Runs / 2));
    }
}
