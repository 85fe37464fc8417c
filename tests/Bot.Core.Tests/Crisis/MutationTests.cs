using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Core.Tests.Crisis;

/// <summary>Each rule, and each slot of the lexicon, is needed by a message we have: without it one is judged otherwise.</summary>
public class MutationTests
{
    private const double LargestShareOfUnneeded = 0.0;

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

    /// <summary>
    /// A phrase that no message needs has a longer or looser one beside it that sees the same; too many of those, and the lexicon is longer than anybody can check.
    /// </summary>
    [Fact]
    public void WithoutAPhraseOfTheLexicon_MostlySomeMessageIsJudgedOtherwise()
    {
        var phrases = RealContent.ReadPhrases().ToArray();
        var tokens = Messages.Distinct().Select(TextNormalizer.Tokenize).ToList();
        var full = RealContent.RuleSet;
        var whole = tokens.ConvertAll(message => Verdict(full, message));
        var lexicon = RealContent.ReadLexicon(phrases);
        var filled = tokens.Select((message, number) => (number, Slots: lexicon.Match(message, lexicon.FindSlot("idiom")).Matches.Select(match => lexicon.SlotNames[match.Slot]).Distinct()))
            .SelectMany(entry => entry.Slots.Select(slot => (slot, entry.number))).ToLookup(entry => entry.slot, entry => entry.number);

        var unneeded = Enumerable.Range(0, phrases.Length).AsParallel().Where(number =>
        {
            var without = new CrisisRuleSet(RealContent.ReadLexicon(phrases.Select((entry, i) => i == number ? entry with { Phrase = RealContent.Nonsense } : entry)), full.Rules);
            var touched = phrases[number].Slot == "filler" ? Enumerable.Range(0, tokens.Count) : filled[phrases[number].Slot];
            return !touched.Any(message => Verdict(without, tokens[message]) != whole[message]);
        }).Select(number => $"{phrases[number].Slot}: {phrases[number].Phrase}").ToList();

        Assert.True(unneeded.Count <= phrases.Length * LargestShareOfUnneeded, $"{unneeded.Count} of {phrases.Length} phrases are needed by no message: {string.Join(" | ", unneeded)}");
    }

    private static string Verdict(CrisisRuleSet rules, IReadOnlyList<Token> tokens)
    {
        var findings = rules.Find(tokens);
        var danger = findings.FirstOrDefault(finding => finding.Tier != CrisisTier.Advice);
        return $"{danger?.Tier} {danger?.Category} {danger?.Handoff} {findings.Any(finding => finding.Tier == CrisisTier.Advice)}";
    }

    private static List<string> Judge(CrisisRuleSet rules)
    {
        var screen = new CrisisScreen(rules);
        return [.. Messages.Select(text => screen.Screen(text)).Select(result => $"{result.Danger?.Tier} {result.Danger?.Category} {result.Danger?.Handoff} {result.Advice is not null}")];
    }
}
