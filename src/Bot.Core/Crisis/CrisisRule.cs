namespace Bot.Core.Crisis;

/// <summary>Which slots, filled near one another, make a finding.</summary>
internal sealed record CrisisRule
{
    public required string Id { get; init; }

    public required string Category { get; init; }

    public required CrisisTier Tier { get; init; }

    public required string Handoff { get; init; }

    /// <summary>Each group must be filled by one of its slots, by words of its own.</summary>
    public required IReadOnlyList<int[]> Groups { get; init; }

    /// <summary>True when the groups must come in the order written.</summary>
    public required bool InOrder { get; init; }

    /// <summary>In order: most words between two groups. Else: most words from the first to the last.</summary>
    public required int Reach { get; init; }

    /// <summary>What becomes of the rule when its words are denied, past, reported or general: another tier, or null for nothing.</summary>
    public required IReadOnlyDictionary<int, CrisisTier?> Circumstances { get; init; }

    /// <summary>Slots that stop the rule altogether when they are filled near by.</summary>
    public required int[] Unless { get; init; }

    /// <summary>
    /// True when the message must say nothing else, apart from its urgency (slots urgent, plea) and its people (self, other): "not breathing" is a cry,
    /// in a longer text it takes somebody who does not breathe. Such a finding is so plain that the model is not asked.
    /// </summary>
    public bool IsAlone { get; init; }

    /// <summary>Whom the rule is always about, or null when the words around it tell.</summary>
    public bool? IsAboutSomeoneElse { get; init; }

    public required int Line { get; init; }

    public required IReadOnlyList<string> Examples { get; init; }
}
