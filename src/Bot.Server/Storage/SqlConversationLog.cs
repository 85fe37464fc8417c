using System.Data.Common;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Core.Turns;
using Dapper;
using Microsoft.Extensions.Options;

namespace Bot.Server.Storage;

/// <summary>
/// Conversations in SQLite or PostgreSQL. One row a conversation hands out its positions and is held while it is written, so that any number of
/// processes keep its order; a claim on that row is what makes a turn run once.
/// </summary>
public sealed class SqlConversationLog(Database database, SqlStateStore states, SqlEscalationStore escalations, TextProtector protector, LogSignals signals, IOptions<PrivacyFacts> privacyFacts) : IConversationLog
{
    /// <summary>Longer than the longest turn of Direct Line: who has not finished by then is dead.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly string _me = Guid.NewGuid().ToString("n");

    private long KeptSince => database.Now - (long)TimeSpan.FromMinutes(privacyFacts.Value.KeepConversationMinutes).TotalMilliseconds;

    public async Task<bool> CreateAsync(string conversationId, CancellationToken cancellationToken)
    {
        return await database.WriteAsync(
            async (connection, transaction) => await connection.ExecuteAsync(
                "INSERT INTO conversations (id, last_position, last_activity) VALUES (@id, 0, @now) ON CONFLICT (id) DO NOTHING", new { id = conversationId, now = database.Now }, transaction) > 0,
            cancellationToken);
    }

    public async Task<bool> ExistsAsync(string conversationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await LastPositionAsync(connection, conversationId, cancellationToken) is not null;
    }

    public async Task<LogAppend?> AppendAsync(string conversationId, string? clientActivityId, bool needsAnswer, Func<long, string> activityAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activityAt);
        var append = await database.WriteAsync<LogAppend?>(
            async (connection, transaction) =>
            {
                if (await NextPositionAsync(connection, transaction, conversationId, 1) is not { } last)
                {
                    return null;
                }

                if (clientActivityId is not null && await connection.QuerySingleOrDefaultAsync<long?>(
                    "SELECT position FROM activities WHERE conversation_id = @conversationId AND client_id = @clientActivityId", new { conversationId, clientActivityId }, transaction) is { } first)
                {
                    await connection.ExecuteAsync("UPDATE conversations SET last_position = last_position - 1 WHERE id = @conversationId", new { conversationId }, transaction);
                    return new LogAppend(first, false);
                }

                await AddAsync(connection, transaction, conversationId, last, clientActivityId, needsAnswer, activityAt(last));
                await signals.NotifyAsync(connection, transaction, conversationId);
                return new LogAppend(last, true);
            },
            cancellationToken);
        signals.Wake(conversationId);
        return append;
    }

    public Task<LogTake> TakeAsync(string conversationId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var waiting = await connection.QueryFirstOrDefaultAsync<WaitingRow>(
                    "SELECT a.position, a.body, a.attempts FROM conversations c JOIN activities a ON a.conversation_id = c.id AND a.is_waiting = 1 WHERE c.id = @conversationId ORDER BY a.position LIMIT 1", new { conversationId }, transaction);
                if (waiting is null)
                {
                    return new LogTake(null, false);
                }

                var claimed = await connection.ExecuteAsync(
                    $"UPDATE conversations SET lease_owner = @me, lease_until = {database.SharedNow} + @lease WHERE id = @conversationId AND lease_until < {database.SharedNow}",
                    new { conversationId, me = _me, lease = (long)Lease.TotalMilliseconds },
                    transaction);
                if (claimed == 0)
                {
                    return new LogTake(null, true);
                }

                // Read again under the claim: another process may have answered it between the two statements.
                if (await connection.QueryFirstOrDefaultAsync<WaitingRow>(
                    "UPDATE activities SET attempts = attempts + 1 WHERE conversation_id = @conversationId AND position = (SELECT MIN(position) FROM activities WHERE conversation_id = @conversationId AND is_waiting = 1) RETURNING position, body, attempts", new { conversationId }, transaction) is not { } mine)
                {
                    await connection.ExecuteAsync("UPDATE conversations SET lease_owner = NULL, lease_until = 0 WHERE id = @conversationId AND lease_owner = @me", new { conversationId, me = _me }, transaction);
                    return new LogTake(null, false);
                }

                return new LogTake(new LogEntry(mine.Position, protector.Unprotect(mine.Body)), false, (int)mine.Attempts - 1);
            },
            cancellationToken);

    public async Task<bool> CompleteAsync(string conversationId, LogEntry answered, TurnUnit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(unit);
        var isMine = await database.WriteAsync(
            async (connection, transaction) =>
            {
                // Whoever lost the claim says nothing: somebody else is at it, or has been.
                if (await connection.ExecuteAsync("UPDATE conversations SET lease_owner = NULL, lease_until = 0 WHERE id = @conversationId AND lease_owner = @me", new { conversationId, me = _me }, transaction) == 0
                    || await NextPositionAsync(connection, transaction, conversationId, unit.Replies.Count) is not { } last)
                {
                    return false;
                }

                for (var i = 0; i < unit.Replies.Count; i++)
                {
                    var position = last - unit.Replies.Count + 1 + i;
                    await AddAsync(connection, transaction, conversationId, position, null, false, unit.Replies[i](position));
                }

                await states.WriteAsync(connection, transaction, unit.States);
                foreach (var escalation in unit.Also.OfType<NewEscalation>())
                {
                    await escalations.AddAsync(connection, transaction, escalation);
                }

                await connection.ExecuteAsync("UPDATE activities SET is_waiting = 0 WHERE conversation_id = @conversationId AND position = @position", new { conversationId, position = answered.Position }, transaction);
                await signals.NotifyAsync(connection, transaction, conversationId);
                return true;
            },
            cancellationToken);
        signals.Wake(conversationId);
        return isMine;
    }

    public async Task<IReadOnlyList<string>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        const int MostAtOnce = 500;
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT DISTINCT c.id FROM conversations c JOIN activities a ON a.conversation_id = c.id AND a.is_waiting = 1 WHERE c.lease_until < {database.SharedNow} LIMIT {MostAtOnce}", cancellationToken: cancellationToken))];
    }

    public async Task<IReadOnlyList<LogEntry>?> ReadAfterAsync(string conversationId, long position, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await LastPositionAsync(connection, conversationId, cancellationToken) is not { } last)
        {
            return null;
        }

        return last <= position ? [] : [.. (await connection.QueryAsync<EntryRow>(new CommandDefinition(
            "SELECT position, body FROM activities WHERE conversation_id = @conversationId AND position > @position ORDER BY position", new { conversationId, position }, cancellationToken: cancellationToken)))
            .Select(row => new LogEntry(row.Position, protector.Unprotect(row.Body)))];
    }

    public async Task<bool> DeleteAsync(string conversationId, CancellationToken cancellationToken)
    {
        var wasKept = await database.WriteAsync(
            async (connection, transaction) =>
            {
                await signals.NotifyAsync(connection, transaction, conversationId);
                return await connection.ExecuteAsync("DELETE FROM conversations WHERE id = @conversationId", new { conversationId }, transaction) > 0;
            },
            cancellationToken);
        signals.Wake(conversationId);
        return wasKept;
    }

    public async Task<IReadOnlyList<string>> ForgetAsync(CancellationToken cancellationToken)
    {
        var forgotten = await database.WriteAsync(
            async (connection, transaction) => (await connection.QueryAsync<string>("DELETE FROM conversations WHERE last_activity < @since RETURNING id", new { since = KeptSince }, transaction)).ToList(), cancellationToken);
        await states.ForgetAsync(cancellationToken);
        return forgotten;
    }

    public async Task WaitAsync(string conversationId, long position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var interest = signals.Watch(conversationId);
        var ends = database.Now + (long)atMost.TotalMilliseconds;
        while (database.Now < ends)
        {
            var next = interest.Next;
            await using (var connection = await database.OpenAsync(cancellationToken))
            {
                if (await LastPositionAsync(connection, conversationId, cancellationToken) is not { } last || last > position)
                {
                    return;
                }
            }

            await interest.WaitAsync(next, TimeSpan.FromMilliseconds(Math.Max(1, ends - database.Now)), cancellationToken);
        }
    }

    private async Task<long?> LastPositionAsync(DbConnection connection, string conversationId, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition("SELECT last_position FROM conversations WHERE id = @conversationId AND last_activity >= @since", new { conversationId, since = KeptSince }, cancellationToken: cancellationToken));

    /// <summary>Takes so many positions and gives the last of them; null when the conversation is not kept. Holds the row until the transaction ends.</summary>
    private async Task<long?> NextPositionAsync(DbConnection connection, DbTransaction transaction, string conversationId, int count) =>
        await connection.QuerySingleOrDefaultAsync<long?>(
            "UPDATE conversations SET last_position = last_position + @count, last_activity = @now WHERE id = @conversationId AND last_activity >= @since RETURNING last_position",
            new { conversationId, count, now = database.Now, since = KeptSince },
            transaction);

    private Task AddAsync(DbConnection connection, DbTransaction transaction, string conversationId, long position, string? clientId, bool isWaiting, string json) =>
        connection.ExecuteAsync(
            "INSERT INTO activities (conversation_id, position, client_id, is_waiting, body) VALUES (@conversationId, @position, @clientId, @isWaiting, @body)",
            new { conversationId, position, clientId, isWaiting = isWaiting ? 1 : 0, body = protector.Protect(json) },
            transaction);

    private sealed class EntryRow
    {
        public long Position { get; init; }

        public byte[] Body { get; init; } = [];
    }

    private sealed class WaitingRow
    {
        public long Position { get; init; }

        public byte[] Body { get; init; } = [];

        public long Attempts { get; init; }
    }
}
