using Bot.Core.Crisis;

namespace Bot.Core.Tests.Crisis;

/// <summary>Each rule, and each slot of the lexicon, is needed by a message we have: without it one is judged otherwise.</summary>
public class MutationTests
{
    private static readonly IReadOnlyList<string> Messages =
    [
        .. RealContent.RuleSet.Rules.SelectMany(rule => rule.Examples),
        .. File.ReadLines(RepositoryRoot.Combine("tests", "crisis", "messages.tsv")).Skip(1).Select(line => line.Split('\t')[1]),
    ];

    private static readonly IReadOnlyList<string> Whole = Judge(RealContent.RuleSet);

    public static TheoryData<string> Rules => [.. RealContent.RuleSet.Rules.Select(rule => rule.Id)];

    public static TheoryData<string> Slots => ["die-wish", "kill-self", "overdose", "not-breathing", "not-waking", "blue", "self-harm", "violence-now", "violence-noun", "child-danger", "withdrawal", "seizure", "chest", "bleeding", "medical", "took", "too-much", "means", "farewell", "distress", "alarm-info", "idiom", "negation", "past", "report", "generic", "intend", "kill-other", "weapon-place", "method-question", "third-die", "ingest", "poison-thing", "substance", "other", "self"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void WithoutARule_SomeMessageIsJudgedOtherwise(string ruleId) => Assert.NotEqual(Whole, Judge(RealContent.RuleSet.Without(ruleId)));

    [Theory]
    [MemberData(nameof(Slots))]
    public void WithoutTheWordsOfASlot_SomeMessageIsJudgedOtherwise(string slot) => Assert.NotEqual(Whole, Judge(RealContent.ReadRules(slot)));

    private static List<string> Judge(CrisisRuleSet rules)
    {
        var screen = new CrisisScreen(rules);
        return [.. Messages.Select(text => screen.Screen(text)).Select(result => $"{result.Danger?.Tier} {result.Danger?.Category} {result.Danger?.Handoff} {result.Advice is not null}")];
    }
}
