using System.Text.Json;
using Bot.Core.Crisis;

namespace Bot.Load;

/// <summary>How many of the labelled messages of each level are hard or soft.</summary>
internal static class CrisisFigures
{
    public static int Print(string file)
    {
        var lines = File.ReadAllLines(file);
        var header = lines[0].Split('\t');
        int text = Array.IndexOf(header, "text"), level = Array.IndexOf(header, "level"), language = Array.IndexOf(header, "lang");
        if (text < 0 || level < 0 || language < 0)
        {
            Console.Error.WriteLine($"{file} has no columns 'text', 'level' and 'lang' in its first line.");
            return 1;
        }

        var screen = RealContent.Load().CrisisScreen;
        var rows = lines.Skip(1).Select(line => line.Split('\t')).Select(row => (Level: row[level], Language: row[language], screen.Screen(row[text]).Danger?.Tier)).ToList();
        var figures = rows.GroupBy(row => row.Level).Concat(rows.GroupBy(row => $"{row.Level} {row.Language}")).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => new
            {
                messages = group.Count(),
                hard = Math.Round(group.Count(row => row.Tier == CrisisTier.Hard) / (double)group.Count(), 3),
                any = Math.Round(group.Count(row => row.Tier is not null) / (double)group.Count(), 3),
            });
        Console.WriteLine(JsonSerializer.Serialize(figures));
        return 0;
    }
}
