using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bot.Core.Crisis;

namespace Bot.Core.Turns;

/// <summary>Counts what was said, never to whom nor what was typed. Listen with <c>dotnet-counters</c> or OpenTelemetry to the meter "Bot.Turns".</summary>
public sealed class TurnMeter
{
    public const string Name = "Bot.Turns";

    /// <summary>One activity a turn: channel, outcome, answer, rule.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Counter<long> _replies;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _unanswered;
    private readonly Counter<long> _findings;
    private readonly Counter<long> _votes;
    private readonly Histogram<double> _durations;

    public TurnMeter(IMeterFactory? factory = null)
    {
        var meter = factory?.Create(Name) ?? new Meter(Name);
        _replies = meter.CreateCounter<long>("bot.replies", description: "Replies by outcome and language.");
        _answers = meter.CreateCounter<long>("bot.answers", description: "Answers given, by answer.");
        _unanswered = meter.CreateCounter<long>("bot.unanswered", description: "Questions without an answer, by the topic that was closest.");
        _findings = meter.CreateCounter<long>("bot.crisis.findings", description: "Crisis findings by category and tier.");
        _votes = meter.CreateCounter<long>("bot.answers.votes", description: "Thumbs by answer.");
        _durations = meter.CreateHistogram("bot.turn.duration", "s", "From what a person said to the reply, by channel and outcome.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    public void CountVote(string answerId, bool isHelpful) => _votes.Add(1, Tag("answer", answerId), Tag("helpful", isHelpful));

    public void CountTurn(string channel, Reply reply, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _durations.Record(duration.TotalSeconds, Tag("channel", channel), Tag("outcome", reply.Outcome));
    }

    public void Count(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        _replies.Add(1, Tag("outcome", reply.Outcome), Tag("language", reply.Language));
        foreach (var one in reply.Before.Append(reply as Reply.Answered).OfType<Reply.Answered>())
        {
            _answers.Add(1, Tag("answer", one.Answer.Id));
        }

        if (reply is Reply.NoAnswer or Reply.Suggestions)
        {
            var closest = reply is Reply.NoAnswer noAnswer ? noAnswer.Closest : ((Reply.Suggestions)reply).Matches[0];
            _unanswered.Add(1, Tag("topic", closest?.Answer.Topic ?? "nothing close"));
        }

        if (reply.Finding is { } finding and not { Tier: CrisisTier.Advice })
        {
            _findings.Add(1, Tag("category", finding.Category), Tag("tier", finding.Tier == CrisisTier.Hard ? "hard" : "soft"));
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
