using System.Collections.Concurrent;

namespace Bot.Core.Conversations;

/// <summary>Conversations in memory, forgotten a while after the last activity. For one process.</summary>
public sealed class MemoryConversationLog(TimeProvider timeProvider, TimeSpan keptFor, int mostConversations) : IConversationLog
{
    private readonly ConcurrentDictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _forgotten = new();

    public int Count => _conversations.Count;

    public Task<bool> CreateAsync(string conversationId, CancellationToken cancellationToken)
    {
        if (_conversations.Count >= mostConversations)
        {
            ForgetExpired();
            ForgetOldestWhileFull();
        }

        return Task.FromResult(_conversations.TryAdd(conversationId, new Conversation(timeProvider.GetUtcNow())));
    }

    public Task<bool> ExistsAsync(string conversationId, CancellationToken cancellationToken) => Task.FromResult(Find(conversationId) is not null);

    public Task<LogAppend?> AppendAsync(string conversationId, string? clientActivityId, bool needsAnswer, Func<long, string> activityAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activityAt);
        return Task.FromResult(Find(conversationId)?.Append(clientActivityId, needsAnswer, activityAt, timeProvider.GetUtcNow()));
    }

    public Task<LogTake> TakeAsync(string conversationId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(conversationId)?.Take() ?? new LogTake(null, false));

    public Task<bool> CompleteAsync(string conversationId, LogEntry answered, TurnUnit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(unit);
        return Task.FromResult(Find(conversationId)?.Complete(answered.Position, unit, timeProvider.GetUtcNow()) ?? false);
    }

    /// <summary>Nothing outlives the process, so nothing is ever found.</summary>
    public Task<IReadOnlyList<string>> FindWaitingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<IReadOnlyList<LogEntry>?> ReadAfterAsync(string conversationId, long position, CancellationToken cancellationToken) =>
        Task.FromResult(Find(conversationId)?.ReadAfter(position));

    public Task<bool> DeleteAsync(string conversationId, CancellationToken cancellationToken)
    {
        var isKept = Find(conversationId) is not null;
        Forget(conversationId);
        return Task.FromResult(isKept);
    }

    public async Task WaitAsync(string conversationId, long position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (Find(conversationId) is { } conversation && conversation.Changed(position) is { } changed)
        {
            try
            {
                await changed.WaitAsync(atMost, timeProvider, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Nothing came in that time; the caller looks and decides.
            }
        }
    }

    public Task<IReadOnlyList<string>> ForgetAsync(CancellationToken cancellationToken)
    {
        ForgetExpired();
        var forgotten = new List<string>();
        while (_forgotten.TryDequeue(out var id))
        {
            forgotten.Add(id);
        }

        return Task.FromResult<IReadOnlyList<string>>(forgotten);
    }

    private void ForgetExpired()
    {
        var before = timeProvider.GetUtcNow() - keptFor;
        foreach (var (id, _) in _conversations.Where(pair => pair.Value.LastActivity < before))
        {
            Forget(id);
        }
    }

    private void ForgetOldestWhileFull()
    {
        foreach (var (id, _) in _conversations.OrderBy(pair => pair.Value.LastActivity).Take(Math.Max(0, _conversations.Count - mostConversations + 1)))
        {
            Forget(id);
        }
    }

    private void Forget(string id)
    {
        if (_conversations.TryRemove(id, out var conversation))
        {
            conversation.Close();
            _forgotten.Enqueue(id);
        }
    }

    private Conversation? Find(string conversationId) =>
        _conversations.TryGetValue(conversationId, out var conversation) && conversation.LastActivity >= timeProvider.GetUtcNow() - keptFor ? conversation : null;

    private sealed class Conversation(DateTimeOffset created)
    {
        private readonly Lock _lock = new();
        private readonly List<LogEntry> _entries = [];
        private readonly Queue<long> _waiting = new();
        private readonly Dictionary<string, long> _clientIds = new(StringComparer.Ordinal);
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isClosed;

        public DateTimeOffset LastActivity { get; private set; } = created;

        public LogAppend Append(string? clientActivityId, bool needsAnswer, Func<long, string> activityAt, DateTimeOffset now)
        {
            lock (_lock)
            {
                if (clientActivityId is not null && _clientIds.TryGetValue(clientActivityId, out var first))
                {
                    return new LogAppend(first, false);
                }

                var position = _entries.Count + 1;
                _entries.Add(new LogEntry(position, activityAt(position)));
                LastActivity = now;
                if (needsAnswer)
                {
                    _waiting.Enqueue(position);
                }

                if (clientActivityId is not null)
                {
                    _clientIds[clientActivityId] = position;
                }

                Wake();
                return new LogAppend(position, true);
            }
        }

        public LogTake Take()
        {
            lock (_lock)
            {
                return _waiting.TryPeek(out var position) ? new LogTake(_entries[(int)position - 1], false) : new LogTake(null, false);
            }
        }

        public bool Complete(long answered, TurnUnit unit, DateTimeOffset now)
        {
            lock (_lock)
            {
                if (!_waiting.TryPeek(out var position) || position != answered)
                {
                    return false;
                }

                _waiting.Dequeue();
                foreach (var reply in unit.Replies)
                {
                    _entries.Add(new LogEntry(_entries.Count + 1, reply(_entries.Count + 1)));
                }

                LastActivity = now;
                Wake();
                return true;
            }
        }

        private void Wake()
        {
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public IReadOnlyList<LogEntry> ReadAfter(long position)
        {
            lock (_lock)
            {
                return position >= _entries.Count ? [] : _entries.GetRange((int)Math.Max(0, position), _entries.Count - (int)Math.Max(0, position));
            }
        }

        /// <summary>Null when something is there already.</summary>
        public Task? Changed(long position)
        {
            lock (_lock)
            {
                return _isClosed || position < _entries.Count ? null : _changed.Task;
            }
        }

        public void Close()
        {
            lock (_lock)
            {
                _isClosed = true;
                _changed.TrySetResult();
            }
        }
    }
}
