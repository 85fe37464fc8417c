using System.Diagnostics;
using System.Text.Json;
using Bot.Core.Content;
using Bot.Core.Knowledge;
using Bot.Core.Knowledge.Qna;

namespace Bot.Core.Tests.Knowledge;

/// <summary>Our .qna files open in the Bot Framework's own tools: through the parser of the npm package @microsoft/bf-lu and back.</summary>
public class QnaRoundTripTests
{
    [Fact]
    public async Task EveryFile_OpensInBfLu_AndComesBackUnchanged()
    {
        var files = RealContent.Files.Where(file => file.Path.EndsWith(".qna", StringComparison.Ordinal)).ToList();

        var results = await RunAsync([.. files.Select(file => RepositoryRoot.Combine(file.Path))]);

        Assert.Equal(files.Count, results.Count);
        foreach (var (file, result) in files.Zip(results))
        {
            Assert.Empty(result.GetProperty("errors").EnumerateArray());
            var ours = Parse(file.Path, file.Text);
            var written = Parse(file.Path, result.GetProperty("written").GetString()!);
            Assert.Equal(ours.Select(Describe), written.Select(Describe));
            Assert.Equal(ours.Select(answer => answer.Quotes.Count), written.Select(answer => answer.Quotes.Count));
            Assert.Equal(ours.Select(Describe), result.GetProperty("read").EnumerateArray().Select(Describe));
        }
    }

    private static IReadOnlyList<Answer> Parse(string path, string text)
    {
        var problems = new List<ContentProblem>();
        var answers = QnaParser.Parse(path, text, problems);
        Assert.Empty(problems);
        Assert.NotEmpty(answers);
        return answers;
    }

    private static string Describe(Answer answer) =>
        $"{answer.Id}: {string.Join(" | ", answer.Phrasings.Select(phrasing => phrasing.Text))} => {answer.Text} -> {string.Join(" | ", answer.Prompts.Select(prompt => $"{prompt.Title}#{prompt.AnswerId}"))}";

    private static string Describe(JsonElement pair) =>
        $"{pair.GetProperty("id").GetString()}: {string.Join(" | ", pair.GetProperty("questions").EnumerateArray().Select(question => question.GetString()))} => {pair.GetProperty("answer").GetString()!.ReplaceLineEndings("\n")}"
        + $" -> {string.Join(" | ", pair.GetProperty("prompts").EnumerateArray().Select(prompt => $"{prompt.GetProperty("displayText").GetString()}#{prompt.GetProperty("linkedQuestion").GetString()}"))}";

    private static async Task<List<JsonElement>> RunAsync(string[] files)
    {
        var folder = RepositoryRoot.Combine("tests", "clients");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "tests/clients has no node_modules. './test' installs them; by hand: npm ci --prefix tests/clients");
        using var process = Process.Start(new ProcessStartInfo("node", ["qna-round-trip.mjs", .. files]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
