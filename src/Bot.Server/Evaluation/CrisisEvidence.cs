using System.Globalization;
using System.Text;
using Bot.Core.Crisis;
using Bot.Core.Turns;

namespace Bot.Server.Evaluation;

/// <summary>The crisis screen's figures as a document that a health organisation can read: shares with intervals, known misses, accepted false alarms.</summary>
internal static class CrisisEvidence
{
    /// <summary>Files whose name begins so are never looked at while the rules are tuned: their messages are named by id alone.</summary>
    private const string SetAside = "fresh";

    private const double NormalQuantile = 1.96;

    public static void Write(string target, string outputFile, BotContent content, TextWriter error)
    {
        var files = Directory.Exists(target) ? Directory.GetFiles(target, "*.tsv").OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal).ToArray() : [target];
        var model = RiskModel.Load();
        var document = new StringBuilder()
            .Append("# Evidence: what the crisis screen finds\n\nMade by `evaluate crisis tests/crisis --evidence docs/crisis-evidence.md`. Content ").Append(content.Version)
            .Append(", model of ").Append(model.TrainedOn).Append(" trained with ").Append(model.Messages)
            .Append(" messages, reader of ").Append(model.ReaderTrainedOn).Append(". Shares in percent with 95 % Wilson intervals. *Hard*: the reply is the handoff. *Found*: hard, or help offered under the answer.\n");
        foreach (var file in files)
        {
            var (results, _) = CrisisEvaluation.Measure(file, content.CrisisScreen, error);
            Append(document, Path.GetFileNameWithoutExtension(file), results);
        }

        File.WriteAllText(outputFile, document.ToString());
    }

    private static void Append(StringBuilder document, string name, IReadOnlyList<CrisisResult> results)
    {
        var isSetAside = name.StartsWith(SetAside, StringComparison.Ordinal);
        document.Append("\n## ").Append(name).Append(" (").Append(results.Count).Append(" messages)\n\n").Append(isSetAside
            ? "Set aside: never read by the training, never looked at while the rules were tuned. **These figures are what to expect of wording nobody foresaw.**\n"
            : "The rules and the model have seen these messages; the figures show that nothing was lost, not what to expect.\n");
        AppendTable(document, "level", results, result => result.Level);
        AppendTable(document, "category (acute only)", results.Where(result => result.Level == "acute"), result => result.Category);
        AppendTable(document, "language (acute only)", results.Where(result => result.Level == "acute"), result => result.Language);
        AppendTable(document, "tag", results.Where(result => result.Tag.Length > 0), result => $"{result.Level}, {result.Tag}");
        AppendNames(document, [.. results.Where(result => result is { Level: "acute", Tier: "hard", Finding.RuleId: CrisisScreen.ModelRuleId })]);
        AppendList(document, "Known misses: acute, and nothing shown", results.Where(result => result.Level == "acute" && result.Tier == "none"), isSetAside);
        AppendList(document, "Accepted false alarms: not acute, and handed off", results.Where(result => result.Level != "acute" && result.Tier == "hard"), isSetAside);
    }

    private static void AppendTable(StringBuilder document, string title, IEnumerable<CrisisResult> results, Func<CrisisResult, string> by)
    {
        document.Append("\n| ").Append(title).Append(" | messages | hard | found |\n| --- | --- | --- | --- |\n");
        foreach (var group in results.GroupBy(by).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var count = group.Count();
            document.Append("| ").Append(group.Key).Append(" | ").Append(count).Append(" | ")
                .Append(Share(group.Count(result => result.Tier == "hard"), count)).Append(" | ").Append(Share(group.Count(result => result.Tier != "none"), count)).Append(" |\n");
        }
    }

    /// <summary>How often the handoff says what the danger is where no rule does, and how often rightly.</summary>
    private static void AppendNames(StringBuilder document, List<CrisisResult> byModelAlone)
    {
        var named = byModelAlone.Where(result => result.Finding!.NamesTheDanger).ToList();
        if (named.Count > 0)
        {
            document.Append("\n**Acute, handed off by the model alone** (").Append(byModelAlone.Count).Append("): the danger is named in ").Append(Share(named.Count, byModelAlone.Count))
                .Append(", rightly in ").Append(Share(named.Count(result => result.Finding!.Category == result.Category), named.Count)).Append(" of these.\n");
        }
    }

    private static void AppendList(StringBuilder document, string title, IEnumerable<CrisisResult> results, bool isSetAside)
    {
        var lines = results.Select(result => isSetAside || !result.IsOwn ? $"`{result.Id}`" : $"\"{result.Text}\"{(result.Finding is { } finding ? $" ({finding.RuleId})" : string.Empty)}").ToList();
        document.Append("\n**").Append(title).Append("** (").Append(lines.Count).Append("): ").Append(lines.Count == 0 ? "none" : string.Join(isSetAside ? ", " : "; ", lines)).Append(".\n");
    }

    /// <summary>"91.0 (86.2–94.3)", by Wilson's interval, which holds for small counts.</summary>
    private static string Share(int hits, int count)
    {
        var share = hits / (double)count;
        var square = NormalQuantile * NormalQuantile;
        var centre = (share + square / (2 * count)) / (1 + square / count);
        var reach = NormalQuantile * Math.Sqrt(share * (1 - share) / count + square / (4.0 * count * count)) / (1 + square / count);
        return string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} ({100 * Math.Max(0, centre - reach):0.0}–{100 * Math.Min(1, centre + reach):0.0})");
    }
}
