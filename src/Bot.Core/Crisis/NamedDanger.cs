using System.Collections.Frozen;

namespace Bot.Core.Crisis;

/// <summary>What the <see cref="RiskReader"/> takes a danger for, when it is sure.</summary>
/// <param name="Category">What was found, by the label guide (tests/crisis/README.md).</param>
/// <param name="Handoff">Which handoff text belongs to it.</param>
/// <param name="IsAboutSomeoneElse">Whether the one in danger is not the writer.</param>
public sealed record NamedDanger(string Category, string Handoff, bool IsAboutSomeoneElse)
{
    /// <summary>At or above this probability the danger is named; below, the handoff leaves open what it is.</summary>
    private const double SureFrom = 0.9;

    private const string Suicide = "suicide-ideation";
    private const string SelfHarm = "self-harm";

    private static readonly FrozenDictionary<string, string> HandoffOf = new Dictionary<string, string>
    {
        ["overdose-now"] = "overdose",
        ["medical-emergency"] = "medical",
        ["acute-withdrawal"] = "withdrawal",
        [Suicide] = "suicide",
        [SelfHarm] = "self-harm",
        ["harm-to-others"] = "threat",
        ["abuse-violence"] = "violence",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The handoff texts that are asked for by name.</summary>
    public static IEnumerable<string> Handoffs => HandoffOf.Values;

    /// <summary>The likeliest of the dangers, or null when it is not likely enough.</summary>
    /// <param name="categories">The names.</param>
    /// <param name="shares">How likely each is.</param>
    /// <param name="isAboutSomeoneElse">Whether the one in danger is not the writer.</param>
    internal static NamedDanger? Of(ReadOnlySpan<string> categories, ReadOnlySpan<double> shares, bool isAboutSomeoneElse)
    {
        var (all, self, likeliest) = (0.0, 0.0, -1);
        for (var i = 0; i < categories.Length; i++)
        {
            if (HandoffOf.ContainsKey(categories[i]))
            {
                all += shares[i];
                self += categories[i] is Suicide or SelfHarm ? shares[i] : 0;
                likeliest = likeliest < 0 || shares[i] > shares[likeliest] ? i : likeliest;
            }
        }

        if (likeliest < 0)
        {
            return null;
        }

        // Between the two the same line helps, so that a doubt between them is none.
        var name = categories[likeliest];
        var share = name is Suicide or SelfHarm ? self : shares[likeliest];
        return share >= SureFrom * all ? new NamedDanger(name, HandoffOf[name], isAboutSomeoneElse) : null;
    }
}
