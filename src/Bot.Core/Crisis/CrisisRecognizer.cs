using Bot.Core.Text;
using Microsoft.Recognizers.Text;

namespace Bot.Core.Crisis;

/// <summary>Which content a recognizer's models are made from: the base class keeps models per options.</summary>
/// <param name="ContentVersion">Counts up with every content that was loaded.</param>
public readonly record struct CrisisRecognizerOptions(int ContentVersion);

/// <summary>
/// The crisis screen as a <c>Microsoft.Recognizers.Text</c> recognizer: type name, span and resolution (category, tier, rule id),
/// so that it can stand beside the suite's other recognizers.
/// </summary>
public sealed class CrisisRecognizer : Recognizer<CrisisRecognizerOptions>
{
    private static int _versions;

    private readonly CrisisRuleSet _ruleSet;

    public CrisisRecognizer(CrisisRuleSet ruleSet)
        : base(Microsoft.Recognizers.Text.Culture.English, new CrisisRecognizerOptions(Interlocked.Increment(ref _versions)), lazyInitialization: true)
    {
        _ruleSet = ruleSet;
        InitializeConfiguration();
    }

    public CrisisModel GetCrisisModel() => GetModel<CrisisModel>(Microsoft.Recognizers.Text.Culture.English, true);

    protected override void InitializeConfiguration()
    {
        // The base constructor calls this before the rules are here.
        if (_ruleSet is not null)
        {
            RegisterModel<CrisisModel>(Microsoft.Recognizers.Text.Culture.English, _ => new CrisisModel(_ruleSet));
        }
    }

    protected override List<Type> GetRelatedTypes() => [];
}

/// <summary>Finds crisis wording. All languages at once, whatever the culture.</summary>
public sealed class CrisisModel(CrisisRuleSet ruleSet) : IModel
{
    public string ModelTypeName => "crisis";

    public string Culture { get; private set; } = string.Empty;

    public string RequestedCulture { get; private set; } = string.Empty;

    public void SetCultureInfo(string culture, string requestedCulture)
    {
        Culture = culture;
        RequestedCulture = requestedCulture;
    }

    public List<ModelResult> Parse(string query) => [.. ruleSet.Find(query).Select(finding => ToResult(query, finding))];

    /// <summary>The same as findings, of a text whose words are there already: what the screen asks on every message.</summary>
    internal IReadOnlyList<CrisisFinding> Find(string text, IReadOnlyList<Token> tokens) => ruleSet.Find(text, tokens);

    private ModelResult ToResult(string query, CrisisFinding finding) => new()
    {
        TypeName = ModelTypeName,
        Start = finding.Start,
        End = finding.Start + finding.Length - 1,
        Text = query.Substring(finding.Start, finding.Length),
        Resolution = new SortedDictionary<string, object>
        {
            ["category"] = finding.Category,
            ["handoff"] = finding.Handoff,
            ["language"] = finding.Language,
            ["rule"] = finding.RuleId,
            ["someoneElse"] = finding.IsAboutSomeoneElse,
            ["tier"] = finding.Tier.ToString().ToLowerInvariant(),
        },
    };
}
