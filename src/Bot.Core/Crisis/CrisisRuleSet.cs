using System.Diagnostics.CodeAnalysis;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>The lexicon and the rules together: text in, findings out. Immutable, thread-safe, pure.</summary>
public sealed class CrisisRuleSet
{
    internal const string Idiom = "idiom";
    internal const string Negation = "negation";
    internal const string Recent = "recent";
    internal const string Past = "past";
    internal const string ClauseBreak = "clause-break";
    internal const string Other = "other";
    internal const string Self = "self";

    /// <summary>What may stand beside a cry: that it is urgent, and whom it is about.</summary>
    internal static readonly string[] Beside = ["urgent", "plea", Self, Other];

    /// <summary>How many words a denial reaches forwards.</summary>
    private const int DenialReach = 3;

    /// <summary>How many words away a circumstance (past, report) still colours a finding.</summary>
    private const int CircumstanceReach = 9;

    private readonly CrisisLexicon _lexicon;
    private readonly IReadOnlyList<CrisisRule> _rules;
    private readonly int? _idiom;
    private readonly int? _negation;
    private readonly int? _recent;
    private readonly int? _past;
    private readonly int? _clauseBreak;
    private readonly int? _other;
    private readonly int? _self;
    private readonly int[] _beside;

    internal CrisisRuleSet(CrisisLexicon lexicon, IReadOnlyList<CrisisRule> rules)
    {
        _lexicon = lexicon;
        _rules = rules;
        _idiom = lexicon.FindSlot(Idiom);
        _negation = lexicon.FindSlot(Negation);
        _recent = lexicon.FindSlot(Recent);
        _past = lexicon.FindSlot(Past);
        _clauseBreak = lexicon.FindSlot(ClauseBreak);
        _other = lexicon.FindSlot(Other);
        _self = lexicon.FindSlot(Self);
        _beside = [.. Beside.Select(lexicon.FindSlot).OfType<int>()];
    }

    internal IReadOnlyList<CrisisRule> Rules => _rules;

    /// <summary>The same without one rule, to see what hangs on it.</summary>
    internal CrisisRuleSet Without(string ruleId) => new(_lexicon, [.. _rules.Where(rule => rule.Id != ruleId)]);

    /// <summary>The handoff texts that the rules name.</summary>
    public IEnumerable<string> HandoffIds => _rules.Select(rule => rule.Handoff).Where(handoff => handoff.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>All findings, the gravest first; among equals, in the order of the rules.</summary>
    public IReadOnlyList<CrisisFinding> Find(string text) => Find(text, TextNormalizer.Tokenize(text));

    /// <summary>The same of a text whose words are there already.</summary>
    internal IReadOnlyList<CrisisFinding> Find(string text, IReadOnlyList<Token> tokens)
    {
        if (tokens.Count == 0)
        {
            return [];
        }

        var slots = _lexicon.Match(tokens, _idiom);
        if (slots.Matches.Count == 0)
        {
            return [];
        }

        var bySlot = new MatchesBySlot(slots.Matches, _lexicon.SlotNames.Count);
        var findings = new List<CrisisFinding>();
        foreach (var rule in _rules)
        {
            if (Apply(rule, text, slots.Tokens, bySlot) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return [.. findings.OrderByDescending(finding => finding.Tier)];
    }

    private CrisisFinding? Apply(CrisisRule rule, string text, IReadOnlyList<Token> tokens, MatchesBySlot bySlot)
    {
        CrisisFinding? best = null;
        foreach (var filled in Fill(rule, bySlot))
        {
            var start = filled.Min(match => match.Start);
            var end = filled.Max(match => match.End);
            if ((rule.IsAlone && !IsAlone(filled, tokens.Count, bySlot)) || rule.Unless.Any(slot => IsNear(slot, start, end, bySlot, match => IsOneSentence(text, tokens, Math.Min(start, match.Start), Math.Max(end, match.End)))) || TierOf(rule, filled, start, end, bySlot) is not { } tier)
            {
                continue;
            }

            if (best is null || tier > best.Tier)
            {
                best = new CrisisFinding(
                    rule.Id,
                    rule.Category,
                    tier,
                    rule.Handoff,
                    filled.Count(match => match.Language == "es") * 2 > filled.Length ? "es" : filled.Any(match => match.Language == "es") ? StopWords.GuessLanguage(tokens) : "en",
                    rule.IsAboutSomeoneElse ?? IsAboutSomeoneElse(filled, start, end, bySlot),
                    tokens[start].Start,
                    tokens[end - 1].End - tokens[start].Start);
            }
        }

        return best;
    }

    /// <summary>True when every word is the finding's own or only says that it is urgent or whom it is about.</summary>
    private bool IsAlone(SlotMatch[] filled, int count, MatchesBySlot bySlot)
    {
        SlotMatch[] beside = [.. _beside.SelectMany(slot => bySlot.TryGetValue(slot, out var matches) ? matches : [])];
        for (var word = 0; word < count; word++)
        {
            bool Covers(SlotMatch match) => match.Start <= word && word < match.End;
            if (!Array.Exists(filled, Covers) && !Array.Exists(beside, Covers))
            {
                return false;
            }
        }

        return true;
    }

    private CrisisTier? TierOf(CrisisRule rule, SlotMatch[] filled, int start, int end, MatchesBySlot bySlot)
    {
        CrisisTier? tier = rule.Tier;
        foreach (var (slot, then) in rule.Circumstances)
        {
            var holds = slot == _negation
                ? filled.Any(match => IsDenied(match.Start, bySlot))
                : slot == _past ? IsPast(start, end, bySlot) : IsNear(slot, start, end, bySlot);
            if (holds && (then is null || then < tier))
            {
                tier = then;
            }
        }

        return tier;
    }

    /// <summary>
    /// The person named last before the grave words is the one they are about: "my ex left and I want to die" is about the writer,
    /// "I think my son is overdosing" is not.
    /// </summary>
    private bool IsAboutSomeoneElse(SlotMatch[] filled, int start, int end, MatchesBySlot bySlot)
    {
        var grave = filled.Where(match => match.Slot != _other && match.Slot != _self).Select(match => match.Start).DefaultIfEmpty(end).Max();
        var other = LastBefore(_other, grave, bySlot);
        var self = LastBefore(_self, grave, bySlot);
        return other == self ? _other is { } slot && IsNear(slot, start, end, bySlot) : other > self;
    }

    private static int LastBefore(int? slot, int position, MatchesBySlot bySlot) =>
        slot is { } number && bySlot.TryGetValue(number, out var matches)
            ? matches.Where(match => match.Start <= position).Select(match => match.Start).DefaultIfEmpty(-1).Max()
            : -1;

    /// <summary>A denial stands at most three words before, with no "but" between.</summary>
    private bool IsDenied(int start, MatchesBySlot bySlot)
    {
        if (_negation is not { } negation || !bySlot.TryGetValue(negation, out var denials))
        {
            return false;
        }

        var breaks = _clauseBreak is { } clauseBreak && bySlot.TryGetValue(clauseBreak, out var found) ? found : [];
        return denials.Any(denial => denial.End <= start && start - denial.End < DenialReach
            && !breaks.Any(clause => clause.Start >= denial.End && clause.End <= start));
    }

    /// <summary>A past mark is near, and no mark of the present is as near: "I tried last year and I will do it tonight" is now.</summary>
    private bool IsPast(int start, int end, MatchesBySlot bySlot) =>
        _past is { } past && DistanceTo(past, start, end, bySlot) is var distance && distance <= CircumstanceReach
        && (_recent is not { } recent || distance < DistanceTo(recent, start, end, bySlot));

    private static int DistanceTo(int slot, int start, int end, MatchesBySlot bySlot) =>
        bySlot.TryGetValue(slot, out var matches)
            ? matches.Min(match => match.Start >= end ? match.Start - end : match.End <= start ? start - match.End : 0)
            : int.MaxValue;

    private static bool IsNear(int slot, int start, int end, MatchesBySlot bySlot, Predicate<SlotMatch>? and = null) =>
        bySlot.TryGetValue(slot, out var matches)
        && Array.Exists(matches, match => match.End > start - CircumstanceReach && match.Start < end + CircumstanceReach && (and is null || and(match)));

    /// <summary>A question in the next sentence does not make general what was said in this one: "he won't wake up. What is naloxone?"</summary>
    private static bool IsOneSentence(string text, IReadOnlyList<Token> tokens, int start, int end) =>
        !text.AsSpan(tokens[start].Start, tokens[end - 1].End - tokens[start].Start).ContainsAny(MessageParts.SentenceEnds);

    private static List<SlotMatch[]> Fill(CrisisRule rule, MatchesBySlot bySlot)
    {
        foreach (var group in rule.Groups)
        {
            // Most rules end here, without an object made.
            if (!IsFilled(group, bySlot))
            {
                return [];
            }
        }

        var groups = new SlotMatch[rule.Groups.Count][];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = [.. rule.Groups[i].SelectMany(slot => bySlot.TryGetValue(slot, out var matches) ? matches : [])];
        }

        var results = new List<SlotMatch[]>();
        Extend(rule, groups, new SlotMatch[groups.Length], 0, results);
        return results;
    }

    /// <summary>Where each slot is filled, by its number.</summary>
    private readonly struct MatchesBySlot
    {
        private readonly SlotMatch[]?[] _matches;

        public MatchesBySlot(List<SlotMatch> matches, int slots)
        {
            _matches = new SlotMatch[slots][];
            var counts = new int[slots];
            foreach (var match in matches)
            {
                counts[match.Slot]++;
            }

            foreach (var match in matches)
            {
                var ofSlot = _matches[match.Slot] ??= new SlotMatch[counts[match.Slot]];
                ofSlot[^counts[match.Slot]--] = match;
            }
        }

        public bool IsFilled(int slot) => _matches[slot] is not null;

        public bool TryGetValue(int slot, [NotNullWhen(true)] out SlotMatch[]? matches) => (matches = _matches[slot]) is not null;
    }

    private static bool IsFilled(int[] group, MatchesBySlot bySlot)
    {
        foreach (var slot in group)
        {
            if (bySlot.IsFilled(slot))
            {
                return true;
            }
        }

        return false;
    }

    private static void Extend(CrisisRule rule, SlotMatch[][] groups, SlotMatch[] chosen, int number, List<SlotMatch[]> results)
    {
        // A message of thousands of words may fill slots without end; the first ones are enough to act on.
        const int Enough = 64;
        if (results.Count >= Enough)
        {
            return;
        }

        if (number == groups.Length)
        {
            results.Add([.. chosen]);
            return;
        }

        foreach (var match in groups[number])
        {
            if (FitsWith(rule, match, chosen.AsSpan(0, number)))
            {
                chosen[number] = match;
                Extend(rule, groups, chosen, number + 1, results);
            }
        }
    }

    private static bool FitsWith(CrisisRule rule, SlotMatch match, ReadOnlySpan<SlotMatch> chosen)
    {
        if (chosen.Length == 0)
        {
            return true;
        }

        if (rule.InOrder)
        {
            var gap = match.Start - chosen[^1].End;
            return gap >= 0 && gap <= rule.Reach;
        }

        var first = match.Start;
        var last = match.End;
        foreach (var other in chosen)
        {
            // One and the same words do not fill two groups; words that are part of a longer phrase may.
            if (match.Start == other.Start && match.End == other.End)
            {
                return false;
            }

            first = Math.Min(first, other.Start);
            last = Math.Max(last, other.End);
        }

        return last - first <= rule.Reach;
    }
}
