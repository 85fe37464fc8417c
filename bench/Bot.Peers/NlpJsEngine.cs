using System.Diagnostics;
using System.Text.Json;
using Bot.Server.Evaluation;

namespace Bot.Peers;

/// <summary>NLP.js in a Node process of its own, scored by the same code as the others.</summary>
internal static class NlpJsEngine
{
    public static async Task<MatchingFigures> MeasureAsync(string folder)
    {
        var here = Path.Combine(Directory.GetCurrentDirectory(), "bench", "Bot.Peers");
        using var process = Process.Start(new ProcessStartInfo("node", ["nlpjs.mjs", Path.GetFullPath(folder)]) { WorkingDirectory = here, RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == '{').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidDataException($"nlpjs.mjs ended with {process.ExitCode} on '{folder}'. Run 'npm ci --prefix bench/Bot.Peers' first.");
        }

        var train = TsvTable.Read(Path.Combine(folder, "train.tsv"), "answer_id", "phrasing");
        var test = TsvTable.Read(Path.Combine(folder, "test.tsv"), "answer_id", "query");
        var results = test.Rows.Zip(lines).Select(pair => MatchingResult.Of(
            pair.First[1], pair.First[0], [.. pair.Second.GetProperty("ranked").EnumerateArray().Select(id => id.GetString()!)],
            pair.Second.GetProperty("confidence").GetDouble(), pair.Second.GetProperty("microseconds").GetDouble()));
        return MatchingFigures.Of(train, [.. results], lines[^1].GetProperty("buildMilliseconds").GetDouble(), lines[^1].GetProperty("residentMegabytes").GetDouble());
    }
}
