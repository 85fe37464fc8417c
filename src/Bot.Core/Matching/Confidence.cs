using System.Globalization;

namespace Bot.Core.Matching;

/// <summary>How sure the matcher is, from 0 (no evidence) to 1 (the exact phrasing).</summary>
public readonly record struct Confidence : IComparable<Confidence>
{
    public Confidence(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
        Value = value;
    }

    public double Value { get; }

    public static bool operator <(Confidence left, Confidence right) => left.Value < right.Value;

    public static bool operator >(Confidence left, Confidence right) => left.Value > right.Value;

    public static bool operator <=(Confidence left, Confidence right) => left.Value <= right.Value;

    public static bool operator >=(Confidence left, Confidence right) => left.Value >= right.Value;

    public int CompareTo(Confidence other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("0.00", CultureInfo.InvariantCulture);
}
