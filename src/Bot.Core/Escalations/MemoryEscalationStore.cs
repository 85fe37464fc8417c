namespace Bot.Core.Escalations;

/// <summary>Escalations in the memory of one process. They are gone with it: for trying things out.</summary>
public sealed class MemoryEscalationStore(TimeProvider timeProvider) : IEscalationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Escalation> _escalations = [];
    private readonly Dictionary<Guid, Entry> _notices = [];

    public bool IsWrittenWithTurns => false;

    public Task AddAsync(NewEscalation escalation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        lock (_lock)
        {
            if (!_escalations.Values.Any(other => other.RequestKey == escalation.Escalation.RequestKey))
            {
                _escalations.Add(escalation.Escalation.Id, escalation.Escalation);
                Add(escalation.Notices);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Escalation?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_escalations.GetValueOrDefault(id));
        }
    }

    public Task<IReadOnlyList<Escalation>> FindOfConversationAsync(string conversationKey, CancellationToken cancellationToken) =>
        Select(escalation => escalation.ConversationKey == conversationKey, isNewestFirst: true);

    public Task<IReadOnlyList<Escalation>> FindUnfinishedAsync(CancellationToken cancellationToken) => Select(escalation => !escalation.State.IsOver(), isNewestFirst: false);

    public async Task<int> CountOfNumberAsync(string number, TimeSpan within, CancellationToken cancellationToken) =>
        (await Select(escalation => escalation.Request.Number == number && escalation.CreatedAt >= timeProvider.GetUtcNow() - within, isNewestFirst: false)).Count;

    public Task<EscalationChange?> ChangeAsync(Guid id, EscalationState state, string? by, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_escalations.TryGetValue(id, out var escalation))
            {
                return Task.FromResult<EscalationChange?>(null);
            }

            if (!state.Before().Contains(escalation.State))
            {
                return Task.FromResult<EscalationChange?>(new EscalationChange(escalation, false));
            }

            _escalations[id] = escalation = escalation with { State = state, TakenBy = by ?? escalation.TakenBy, ChangedAt = timeProvider.GetUtcNow() };
            Add(notices);
            return Task.FromResult<EscalationChange?>(new EscalationChange(escalation, true));
        }
    }

    public Task EraseOfConversationAsync(string conversationKey, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var escalation in _escalations.Values.Where(escalation => escalation.ConversationKey == conversationKey).ToList())
            {
                _escalations[escalation.Id] = escalation.Erased();
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DueNotice>> ClaimDueAsync(int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var due = _notices.Values.Where(entry => !entry.IsDone && entry.DueAt <= now && entry.LeaseUntil <= now).OrderBy(entry => entry.DueAt).Take(most).ToList();
            foreach (var entry in due)
            {
                entry.LeaseUntil = now + lease;
            }

            return Task.FromResult<IReadOnlyList<DueNotice>>([.. due.Select(entry => new DueNotice(entry.Notice, _escalations[entry.Notice.EscalationId], ReceiptFor(entry.Notice)))]);
        }
    }

    public Task CompleteAsync(Guid noticeId, string? receipt, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_notices.TryGetValue(noticeId, out var entry))
            {
                (entry.IsDone, entry.Receipt) = (true, receipt);
            }
        }

        return Task.CompletedTask;
    }

    public Task PostponeAsync(Guid noticeId, TimeSpan wait, bool isFailing, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_notices.TryGetValue(noticeId, out var entry))
            {
                entry.Notice = entry.Notice with { Attempts = entry.Notice.Attempts + 1 };
                (entry.DueAt, entry.LeaseUntil, entry.IsFailing) = (timeProvider.GetUtcNow() + wait, DateTimeOffset.MinValue, isFailing);
                Add(notices);
            }
        }

        return Task.CompletedTask;
    }

    public Task<EscalationBacklog> ReadBacklogAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var waiting = _notices.Values.Where(entry => !entry.IsDone && entry.Notice.Target.Length > 0 && (entry.DueAt <= now || entry.Notice.Attempts > 0)).ToList();
            var open = _escalations.Values.Where(escalation => escalation.State == EscalationState.Open).ToList();
            return Task.FromResult(new EscalationBacklog(
                waiting.Count, waiting.Count(entry => entry.IsFailing), now - waiting.Min(entry => (DateTimeOffset?)entry.FirstDueAt), open.Count, now - open.Min(escalation => (DateTimeOffset?)escalation.CreatedAt)));
        }
    }

    public Task<int> ForgetAsync(TimeSpan afterOver, TimeSpan unfinished, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            Delete(escalation => escalation.State.IsOver() && escalation.ChangedAt <= now - afterOver);
            return Task.FromResult(Delete(escalation => !escalation.State.IsOver() && escalation.CreatedAt <= now - unfinished));
        }
    }

    private Task<IReadOnlyList<Escalation>> Select(Func<Escalation, bool> condition, bool isNewestFirst)
    {
        lock (_lock)
        {
            var found = _escalations.Values.Where(condition);
            return Task.FromResult<IReadOnlyList<Escalation>>([.. isNewestFirst ? found.OrderByDescending(escalation => escalation.Id) : found.OrderBy(escalation => escalation.Id)]);
        }
    }

    private int Delete(Func<Escalation, bool> condition)
    {
        var gone = _escalations.Values.Where(condition).Select(escalation => escalation.Id).ToHashSet();
        foreach (var notice in _notices.Values.Where(entry => gone.Contains(entry.Notice.EscalationId)).Select(entry => entry.Notice.Id).ToList())
        {
            _notices.Remove(notice);
        }

        foreach (var id in gone)
        {
            _escalations.Remove(id);
        }

        return gone.Count;
    }

    private void Add(IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
        {
            var due = timeProvider.GetUtcNow() + notice.Wait;
            if (!_notices.TryAdd(notice.Id, new Entry(notice, due)) && _notices[notice.Id] is { IsDone: false, Notice.Attempts: 0 } waiting && waiting.DueAt > due)
            {
                waiting.DueAt = due;
            }
        }
    }

    private string? ReceiptFor(Notice notice) =>
        _notices.Values.FirstOrDefault(entry => entry.Notice.EscalationId == notice.EscalationId && entry.Notice.Kind == NoticeKind.Request && entry.Notice.Target == notice.Target)?.Receipt;

    private sealed class Entry(Notice notice, DateTimeOffset dueAt)
    {
        public Notice Notice { get; set; } = notice;

        public DateTimeOffset FirstDueAt { get; } = dueAt;

        public DateTimeOffset DueAt { get; set; } = dueAt;

        public DateTimeOffset LeaseUntil { get; set; }

        public bool IsDone { get; set; }

        public bool IsFailing { get; set; }

        public string? Receipt { get; set; }
    }
}
