using System.Diagnostics.Metrics;
using Bot.Core.Crisis;

namespace Bot.Core.Turns;

/// <summary>Counts what was said, never to whom nor what was typed. Listen with <c>dotnet-counters</c> or OpenTelemetry to the meter "Bot.Turns".</summary>
internal static class TurnMeter
{
    public const string Name = "Bot.Turns";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Replies = Meter.CreateCounter<long>("bot.replies", description: "Replies by outcome and language.");
    private static readonly Counter<long> Findings = Meter.CreateCounter<long>("bot.crisis.findings", description: "Crisis findings by category and tier.");

    private static readonly Counter<long> Votes = Meter.CreateCounter<long>("bot.answers.votes", description: "Thumbs by answer.");

    public static void CountVote(string answerId, bool isHelpful) =>
        Votes.Add(1, new KeyValuePair<string, object?>("answer", answerId), new KeyValuePair<string, object?>("helpful", isHelpful));

    public static void Count(Reply reply)
    {
        Replies.Add(1, new KeyValuePair<string, object?>("outcome", reply.Outcome), new KeyValuePair<string, object?>("language", reply.Language));
        if (reply.Finding is { } finding and not { Tier: CrisisTier.Advice })
        {
            Findings.Add(1, new KeyValuePair<string, object?>("category", finding.Category), new KeyValuePair<string, object?>("tier", finding.Tier == CrisisTier.Hard ? "hard" : "soft"));
        }
    }
}
