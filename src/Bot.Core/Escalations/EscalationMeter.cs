using System.Diagnostics.Metrics;

namespace Bot.Core.Escalations;

/// <summary>Counts duties, never for whom. Listen to the meter "Bot.Escalations".</summary>
public sealed class EscalationMeter
{
    public const string Name = "Bot.Escalations";

    private readonly Counter<long> _changes;
    private readonly Counter<long> _notices;
    private EscalationBacklog _backlog = new(0, 0, null, 0, null);

    public EscalationMeter(IMeterFactory? factory = null)
    {
        var meter = factory?.Create(Name) ?? new Meter(Name);
        _changes = meter.CreateCounter<long>("bot.escalations", description: "Escalations by the state they entered.");
        _notices = meter.CreateCounter<long>("bot.escalations.notices", description: "Tries to tell somebody, by kind, target and outcome.");
        meter.CreateObservableGauge("bot.escalations.undelivered", () => _backlog.Undelivered, description: "Notices that are due and have not arrived.");
        meter.CreateObservableGauge("bot.escalations.failing", () => _backlog.Failing, description: "Notices that were tried too often.");
        meter.CreateObservableGauge("bot.escalations.unclaimed", () => _backlog.Open, description: "Escalations nobody has taken.");
        meter.CreateObservableGauge("bot.escalations.oldest_undelivered", () => _backlog.OldestUndelivered?.TotalSeconds ?? 0, "s", "Age of the oldest notice that has not arrived.");
        meter.CreateObservableGauge("bot.escalations.oldest_unclaimed", () => _backlog.OldestOpen?.TotalSeconds ?? 0, "s", "Age of the oldest escalation nobody has taken.");
    }

    public void CountChange(EscalationState state) => _changes.Add(1, new KeyValuePair<string, object?>("state", state.ToWire()));

    internal void CountNotice(Notice notice, string outcome) =>
        _notices.Add(1, new KeyValuePair<string, object?>("kind", notice.Kind.ToString()), new KeyValuePair<string, object?>("target", notice.Target), new KeyValuePair<string, object?>("outcome", outcome));

    internal void Show(EscalationBacklog backlog) => _backlog = backlog;
}
