using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Turns;

namespace Bot.Core.Tests;

/// <summary>The real content of the repository, read once.</summary>
internal static class RealContent
{
    public static IReadOnlyList<ContentFile> Files { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Combine("dialogs"), "*", SearchOption.AllDirectories)
            .Select(path => new ContentFile(Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'), File.ReadAllText(path))),
    ];

    public static KnowledgeBase KnowledgeBase { get; } = KnowledgeReader.Read(Files, null, new List<ContentProblem>());

    public static CrisisRuleSet RuleSet { get; } = ReadRules();

    public static HelplineDirectory Helplines { get; } = HelplineReader.Read("helplines.yml", TextOf("crisis/helplines.yml"), new HelplineOptions(), new List<ContentProblem>())!;

    public static BotContent Content { get; } = new(
        KnowledgeBase,
        new CrisisScreen(RuleSet, RiskModel.Load(), otherLanguages: OtherLanguagesReader.Read("other-languages.yml", TextOf("crisis/other-languages.yml"), new List<ContentProblem>())),
        Helplines,
        new Dictionary<string, HandoffTexts>
        {
            ["en"] = HandoffTexts.Read("h", "en", TextOf("replies/handoffs.en-us.yml"), new List<ContentProblem>())!,
            ["es"] = HandoffTexts.Read("h", "es", TextOf("replies/handoffs.es.yml"), new List<ContentProblem>())!,
        },
        new Dictionary<string, ReplyTexts>
        {
            ["en"] = ReplyTexts.Read("r", "en", TextOf("replies/replies.en-us.yml"), new List<ContentProblem>())!,
            ["es"] = ReplyTexts.Read("r", "es", TextOf("replies/replies.es.yml"), new List<ContentProblem>())!,
        });

    public static string TextOf(string name) => Files.Single(file => file.Path == "dialogs/" + name).Text;

    /// <summary>The rules, with the lexicon less one slot when one is named.</summary>
    public static CrisisRuleSet ReadRules(string? withoutSlot = null)
    {
        var problems = new List<ContentProblem>();
        var entries = CrisisContentReader.ReadLexicon("en", "en", TextOf("crisis/lexicon.en.yml"), problems)
            .Concat(CrisisContentReader.ReadLexicon("es", "es", TextOf("crisis/lexicon.es.yml"), problems));
        var lexicon = new CrisisLexicon(entries.Select(entry => entry.Slot == withoutSlot ? (entry.Slot, entry.Language, "zzqx") : entry), OrdinaryWords(problems));
        return CrisisContentReader.ReadRules("rules.yml", TextOf("crisis/rules.yml"), lexicon, problems)!;
    }

    private static IEnumerable<string> OrdinaryWords(List<ContentProblem> problems) =>
        CrisisContentReader.ReadOrdinaryWords("en", TextOf("crisis/ordinary-words.en.yml"), problems).Concat(CrisisContentReader.ReadOrdinaryWords("es", TextOf("crisis/ordinary-words.es.yml"), problems));
}
