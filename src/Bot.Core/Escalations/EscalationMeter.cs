using System.Diagnostics.Metrics;

namespace Bot.Core.Escalations;

/// <summary>Counts duties, never for whom. Listen to the meter "Bot.Escalations".</summary>
internal static class EscalationMeter
{
    private static readonly Meter Meter = new("Bot.Escalations");
    private static readonly Counter<long> Changes = Meter.CreateCounter<long>("bot.escalations", description: "Escalations by the state they entered.");
    private static readonly Counter<long> Notices = Meter.CreateCounter<long>("bot.escalations.notices", description: "Tries to tell somebody, by kind, target and outcome.");
    private static EscalationBacklog _backlog = new(0, 0, null, 0, null);

    static EscalationMeter()
    {
        Meter.CreateObservableGauge("bot.escalations.undelivered", () => _backlog.Undelivered, description: "Notices that are due and have not arrived.");
        Meter.CreateObservableGauge("bot.escalations.failing", () => _backlog.Failing, description: "Notices that were tried too often.");
        Meter.CreateObservableGauge("bot.escalations.open", () => _backlog.Open, description: "Escalations nobody has taken.");
        Meter.CreateObservableGauge("bot.escalations.oldest_pending", () => _backlog.OldestUndelivered?.TotalSeconds ?? 0, "s", "Age of the oldest notice that is due.");
        Meter.CreateObservableGauge("bot.escalations.oldest_open", () => _backlog.OldestOpen?.TotalSeconds ?? 0, "s", "Age of the oldest escalation nobody has taken.");
    }

    public static void CountChange(EscalationState state) => Changes.Add(1, new KeyValuePair<string, object?>("state", state.ToWire()));

    public static void CountNotice(Notice notice, string outcome) =>
        Notices.Add(1, new KeyValuePair<string, object?>("kind", notice.Kind.ToString()), new KeyValuePair<string, object?>("target", notice.Target), new KeyValuePair<string, object?>("outcome", outcome));

    public static void Show(EscalationBacklog backlog) => _backlog = backlog;
}
