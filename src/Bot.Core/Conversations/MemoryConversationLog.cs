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

    public Task<LogAppend?> AppendAsync(string conversationId, string? clientActivityId, Func<long, string> activityAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activityAt);
        return Task.FromResult(Find(conversationId)?.Append(clientActivityId, activityAt, timeProvider.GetUtcNow()));
    }

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

    /// <summary>
    /// Forgets what has had no activity for the time it is kept, and gives the ids of everything forgotten since the last call,
    /// so that what others keep of those conversations can go too.
    /// </summary>
    public IReadOnlyList<string> TakeForgotten()
    {
        ForgetExpired();
        var forgotten = new List<string>();
        while (_forgotten.TryDequeue(out var id))
        {
            forgotten.Add(id);
        }

        return forgotten;
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
        private readonly Dictionary<string, long> _clientIds = new(StringComparer.Ordinal);
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isClosed;

        public DateTimeOffset LastActivity { get; private set; } = created;

        public LogAppend Append(string? clientActivityId, Func<long, string> activityAt, DateTimeOffset now)
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
                if (clientActivityId is not null)
                {
                    _clientIds[clientActivityId] = position;
                }

                _changed.TrySetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new LogAppend(position, true);
            }
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
