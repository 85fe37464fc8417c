namespace Bot.Core.Matching;

/// <summary>Picks the best few of many without sorting the rest.</summary>
internal static class Selection
{
    /// <summary>The positions of the largest scores above <paramref name="floor"/>, in rising order of position; equal scores go to the first.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="most">How many to take at most.</param>
    /// <param name="floor">Only what is larger counts.</param>
    public static List<int> TopOf(ReadOnlySpan<double> scores, int most, double floor = double.NegativeInfinity)
    {
        var chosen = new PriorityQueue<int, (double Score, int Position)>(most + 1);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > floor)
            {
                if (chosen.Count < most)
                {
                    chosen.Enqueue(i, (scores[i], -i));
                }
                else if (chosen.TryPeek(out _, out var worst) && scores[i] > worst.Score)
                {
                    chosen.DequeueEnqueue(i, (scores[i], -i));
                }
            }
        }

        var positions = new List<int>(chosen.Count);
        while (chosen.TryDequeue(out var position, out _))
        {
            positions.Add(position);
        }

        positions.Sort();
        return positions;
    }
}
