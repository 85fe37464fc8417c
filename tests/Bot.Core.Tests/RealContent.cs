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
        new CrisisScreen(RuleSet, RiskModel.Load()),
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

    /// <summary>The phrases of both lexicons, as they are written.</summary>
    public static IReadOnlyList<(string Slot, string Language, string Phrase)> ReadPhrases() =>
    [
        .. CrisisContentReader.ReadLexicon("en", "en", TextOf("crisis/lexicon.en.yml"), new List<ContentProblem>()),
        .. CrisisContentReader.ReadLexicon("es", "es", TextOf("crisis/lexicon.es.yml"), new List<ContentProblem>()),
    ];

    /// <summary>The rules, with the lexicon less one slot when one is named.</summary>
    public static CrisisRuleSet ReadRules(string? withoutSlot = null) =>
        CrisisContentReader.ReadRules("rules.yml", TextOf("crisis/rules.yml"), ReadLexicon(ReadPhrases().Select(entry => entry.Slot == withoutSlot ? entry with { Phrase = Nonsense } : entry)), new List<ContentProblem>())!;

    public static CrisisLexicon ReadLexicon(IEnumerable<(string Slot, string Language, string Phrase)> phrases) =>
        new(phrases, CrisisContentReader.ReadOrdinaryWords("o", TextOf("crisis/ordinary-words.en.yml"), new List<ContentProblem>()));

    /// <summary>A phrase nobody types: what it stands for is gone, and its slot keeps its number.</summary>
    public const string Nonsense = "zzqx";
}
