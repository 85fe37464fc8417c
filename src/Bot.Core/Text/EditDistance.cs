namespace Bot.Core.Text;

/// <summary>How many keys were hit wrongly: insertions, deletions, replacements and swaps of neighbours.</summary>
public static class EditDistance
{
    /// <summary>True when the words are at most <paramref name="limit"/> (1 or 2) mistakes apart.</summary>
    public static bool IsWithin(string left, string right, int limit)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return false;
        }

        const int MaximumWord = 48;
        if (left.Length > MaximumWord || right.Length > MaximumWord)
        {
            return string.Equals(left, right, StringComparison.Ordinal);
        }

        Span<int> beforeLast = stackalloc int[MaximumWord + 1];
        Span<int> last = stackalloc int[MaximumWord + 1];
        Span<int> row = stackalloc int[MaximumWord + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    value = Math.Min(value, beforeLast[j - 2] + 1);
                }

                row[j] = value;
                best = Math.Min(best, value);
            }

            if (best > limit)
            {
                return false;
            }

            var swap = beforeLast;
            beforeLast = last;
            last = row;
            row = swap;
        }

        return last[right.Length] <= limit;
    }
}
