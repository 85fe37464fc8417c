using System.Collections.Concurrent;
using System.Text.Json;
using Bot.Server.CommandLine;

namespace Bot.Server.Tests;

/// <summary>The figures of the command line, on files small enough to count by hand.</summary>
public sealed class EvaluationTests
{
    private static readonly ConcurrentDictionary<string, Lazy<JsonElement>> Levels = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("bot-evaluation-").FullName;

    public EvaluationTests()
    {
        // The verbs read the content of the folder they are called in.
        Directory.SetCurrentDirectory(RepositoryRoot.Path);
    }

    [Fact]
    public void Matching_CountsRightAnswersAndWritesPredictions()
    {
        Write("train.tsv", "open\twhen do you open\nopen\topening hours\nprice\thow much does it cost\nprice\twhat is the price\n");
        Write("test.tsv", "open\tyour opening hours please\nprice\twhat does it cost\nOOS\twho won the football\n");
        var predictions = Path.Combine(_folder, "out.tsv");

        var figures = Run("evaluate", "matching", _folder, "--predictions", predictions);

        Assert.Equal((2, 4, 3), (figures.GetProperty("answers").GetInt32(), figures.GetProperty("phrasings").GetInt32(), figures.GetProperty("queries").GetInt32()));
        Assert.Equal(1, figures.GetProperty("accuracy").GetDouble());
        Assert.Equal(1, figures.GetProperty("mrr10").GetDouble());
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("auroc").ValueKind);
        Assert.True(figures.GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble() > 0);
        Assert.Equal(["your opening hours please", "open", "open"], File.ReadAllLines(predictions)[0].Split('\t')[..3]);
    }

    [Fact]
    public void Matching_WithFiftyOutOfScopeRows_HasTheRejectionFigures()
    {
        Write("train.tsv", "open\twhen do you open\nprice\twhat is the price\n");
        Write("test.tsv", "open\twhen do you open\nprice\tthe price is what\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"OOS\tzebra stripes {i}\n")));

        var figures = Run("evaluate", "matching", _folder);

        Assert.Equal(1, figures.GetProperty("auroc").GetDouble());
        Assert.Equal(1, figures.GetProperty("answeredRightAt80").GetDouble());
        Assert.Equal(1, figures.GetProperty("answeredRightAt95").GetDouble());
    }

    [Fact]
    public void Matching_SaysHowReliableTheConfidenceIs_AndExplainsTheThreeClosest()
    {
        Write("train.tsv", "open\twhen do you open\nopen\topening hours\nprice\thow much does it cost\nprice\twhat is the price\n");
        Write("test.tsv", "open\twhen do you open\nprice\twhat does it cost\nOOS\tthe football cost\n");
        var explanations = Path.Combine(_folder, "why.tsv");

        var figures = Run("evaluate", "matching", _folder, "--explain", explanations);

        var tenths = figures.GetProperty("reliability").GetProperty("tenths").EnumerateArray().ToList();
        Assert.Equal(3, tenths.Sum(tenth => tenth.GetProperty("queries").GetInt32()));
        Assert.Equal(1, tenths[^1].GetProperty("right").GetDouble());
        Assert.InRange(figures.GetProperty("reliability").GetProperty("error").GetDouble(), 0, 1);
        var lines = File.ReadAllLines(explanations).Select(line => line.Split('\t')).ToList();
        Assert.All(lines, line => Assert.Equal(8, line.Length));
        Assert.Equal(["open", "1.00"], lines.Single(line => line[0] == "when do you open")[2..4]);
        Assert.Equal("how much does it cost", lines.First(line => line[0] == "what does it cost")[7]);
    }

    [Theory]
    [InlineData("", "train.tsv has no rows")]
    [InlineData("open\twhen do you open\textra\n", "train.tsv")]
    [InlineData("open\n", "train.tsv")]
    public void Matching_ABadTrainFile_IsNamed(string rows, string told)
    {
        Write("train.tsv", rows);
        Write("test.tsv", "open\twhen do you open\n");

        Assert.Contains(told, Fail("evaluate", "matching", _folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Crisis_CountsTiersByColumnAndWritesPredictions()
    {
        Write("c.tsv", "id\ttext\tlang\tcategory\tlevel\ttag\na\ti want to die\ten\tsuicide-ideation\tacute\t\nb\tcan you overdose on heroin\ten\tnone\tnone\tinfo-soft\nc\tis it an upper\ten\tnone\tnone\t\n");
        var predictions = Path.Combine(_folder, "out.tsv");

        var figures = Run("evaluate", "crisis", Path.Combine(_folder, "c.tsv"), "--predictions", predictions);

        var none = figures.GetProperty("level").GetProperty("none");
        Assert.Equal((2, 0, 0.5, 0.5), (none.GetProperty("count").GetInt32(), none.GetProperty("hard").GetDouble(), none.GetProperty("soft").GetDouble(), none.GetProperty("none").GetDouble()));
        Assert.Equal(1, figures.GetProperty("tag").GetProperty("info-soft").GetProperty("soft").GetDouble());
        Assert.Equal(["id\ttier\tcategory\trule\tperson", "a\thard\tsuicide-ideation\tsuicide.die-wish\tself", "b\tsoft\tinformation\tconcern.body\tself", "c\tnone\t\t\t"], File.ReadAllLines(predictions));
    }

    [Fact]
    public void Answers_AsksTheWholeBotInFreshConversations()
    {
        Write("a.tsv", "id\tquestion\texpect\tkind\tnote\n1\tis heroin an upper or a downer\tis-heroin-a-stimulant\tin\t\n2\twhy?\twhy-heroin-is-a-depressant\tin\tprev=is heroin a stimulant ;; a follow-up\n3\twhat's the weather\tno-answer|beyond\tout\t\n4\thow much can i take\tadvice\tadvice\t\n5\tmy friend won't wake up\thandoff\tcrisis\t\n");
        var predictions = Path.Combine(_folder, "out.tsv");

        var figures = Run("evaluate", "answers", Path.Combine(_folder, "a.tsv"), "--predictions", predictions);

        Assert.Equal(1, figures.GetProperty("asExpected").GetDouble());
        Assert.Equal(["answered", "answered", "beyond", "advice", "handoff"], File.ReadAllLines(predictions).Skip(1).Select(line => line.Split('\t')[2]));
        Assert.All(File.ReadAllLines(predictions), line => Assert.Equal(6, line.Split('\t').Length));
    }

    [Theory]
    [InlineData("fresh.tsv", "acute", 0.95, 0.992)]
    [InlineData("fresh.tsv", "concern", 0, 0.985)]
    [InlineData("fresh-later.tsv", "acute", 0.928, 0.989)]
    [InlineData("fresh-later.tsv", "concern", 0, 0.985)]
    [InlineData("messages.tsv", "acute", 0.997, 0.999)]
    [InlineData("messages.tsv", "concern", 0, 0.99)]
    [InlineData("messages-later.tsv", "acute", 0.996, 0.998)]
    [InlineData("messages-later.tsv", "concern", 0, 0.99)]
    public void Crisis_OnOurOwnMessages_KeepsItsFloors(string file, string level, double hard, double found)
    {
        var shares = LevelsOf(file).GetProperty(level);

        Assert.True(shares.GetProperty("hard").GetDouble() >= hard, $"{file}, {level}: {shares}");
        Assert.True(shares.GetProperty("hard").GetDouble() + shares.GetProperty("soft").GetDouble() >= found, $"{file}, {level}: {shares}");
    }

    [Theory]
    [InlineData("fresh.tsv", 0.03)]
    [InlineData("fresh-later.tsv", 0.053)]
    [InlineData("messages.tsv", 0.001)]
    [InlineData("messages-later.tsv", 0.002)]
    public void Crisis_OnOurOwnMessages_StopsFewWhoAreInNoDanger(string file, double ceiling)
    {
        var shares = LevelsOf(file).GetProperty("none");

        Assert.True(shares.GetProperty("hard").GetDouble() <= ceiling, $"{file}: {shares}");
    }

    [Fact]
    public void CrisisEvidence_ListsMissesAndFalseAlarms_AndTheSetAsideByIdAlone()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "set"));
        const string Header = "id\ttext\tlang\tcategory\tlevel\tsource\ttag\n";
        File.WriteAllText(Path.Combine(_folder, "set", "own.tsv"), Header + "1\tmy friend won't wake up\ten\toverdose-now\tacute\twritten\t\n2\tplease print the form\ten\toverdose-now\tacute\twritten\t\n3\tplease water the plants\ten\toverdose-now\tacute\tother\t\n");
        File.WriteAllText(Path.Combine(_folder, "set", "fresh.tsv"), Header + "f-1\tsecret garden opening hours\ten\toverdose-now\tacute\twritten\t\n");
        File.WriteAllText(Path.Combine(_folder, "set", "fresh-later.tsv"), Header + "f-2\tsecret recipe for bread\ten\toverdose-now\tacute\twritten\t\n");
        var evidence = Path.Combine(_folder, "evidence.md");

        Assert.Equal(0, Verbs.Run(["evaluate", "crisis", Path.Combine(_folder, "set"), "--evidence", evidence], TextWriter.Null, TextWriter.Null));
        var text = File.ReadAllText(evidence);

        Assert.Contains("| acute | 3 | 33.3 (6.1–79.2) | 33.3 (6.1–79.2) |", text, StringComparison.Ordinal);
        Assert.Contains("nothing shown** (2): \"please print the form\"; `3`.", text, StringComparison.Ordinal);
        Assert.Contains("nothing shown** (1): `f-1`.", text, StringComparison.Ordinal);
        Assert.Contains("nothing shown** (1): `f-2`.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("water the plants", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_OfTheHeldBackQuestions_KeepTheirFloors()
    {
        var figures = Run("evaluate", "answers", RepositoryRoot.Combine("tests", "phrasings", "questions.tsv"));

        Assert.True(figures.GetProperty("questions").GetInt32() >= 200);
        AssertAtLeast(0.90, "in-scope", "spanish");
        AssertAtLeast(0.90, "far", "route");
        AssertAtLeast(1, "advice", "advice-es");
        var harmless = figures.GetProperty("kinds").GetProperty("harmless").GetProperty("outcomes");
        Assert.False(harmless.TryGetProperty("handoff", out _), "Something harmless is handed off.");

        void AssertAtLeast(double floor, params string[] kinds)
        {
            foreach (var kind in kinds)
            {
                var share = figures.GetProperty("kinds").GetProperty(kind).GetProperty("asExpected").GetDouble();
                Assert.True(share >= floor, $"{kind}: {share} as expected, and {floor} is the floor.");
            }
        }
    }

    [Theory]
    [InlineData("nowhere.tsv", null, "There is no file")]
    [InlineData("c.tsv", "id\ttext\n1\thi\n", "has no column 'lang'. Its columns are: id, text.")]
    [InlineData("c.tsv", "id\ttext\tlang\tcategory\tlevel\n1\ta\tb\tc\td\te\n", "c.tsv(2): the line has 6 columns, the header 5")]
    [InlineData("c.tsv", "id\ttext\tlang\tcategory\tlevel\n", "has no rows")]
    public void ABadFile_EndsNonZeroWithTheReason(string name, string? text, string reason)
    {
        if (text is not null)
        {
            Write(name, text);
        }

        var error = new StringWriter();

        Assert.Equal(1, Verbs.Run(["evaluate", "crisis", Path.Combine(_folder, name)], TextWriter.Null, error));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownOption_IsNamed()
    {
        var error = new StringWriter();

        Assert.Equal(1, Verbs.Run(["evaluate", "crisis", "x.tsv", "--out", "y"], TextWriter.Null, error));
        Assert.Contains("'--out' is no option here", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The shares of each level of one of our files: measured once for all that ask.</summary>
    private static JsonElement LevelsOf(string file) =>
        Levels.GetOrAdd(file, name => new(() => Run("evaluate", "crisis", RepositoryRoot.Combine("tests", "crisis", name)).GetProperty("level"))).Value;

    private static JsonElement Run(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        Assert.True(Verbs.Run(args, output, error) == 0, error.ToString());
        return JsonElement.Parse(output.ToString());
    }

    private static string Fail(params string[] args)
    {
        var error = new StringWriter();
        Assert.NotEqual(0, Verbs.Run(args, TextWriter.Null, error));
        return error.ToString();
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
