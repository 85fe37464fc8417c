using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Core.Escalations;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Server.Storage;

/// <summary>
/// Escalations in SQLite or PostgreSQL. What says who asked is encrypted; waits are counted by the database's clock, since those of the processes
/// may differ or jump.
/// </summary>
public sealed class SqlEscalationStore(Database database, TextProtector protector, IDataProtectionProvider protection, TimeProvider timeProvider) : IEscalationStore
{
    private const int KeyBytes = 32;
    private const string NumberSecret = "callback-numbers";
    private const string Columns = "e.id, e.request_key, e.conversation_key, e.state, e.body, e.created_at, e.changed_at";

    private readonly SharedSecrets _secrets = new(database, protection);
    private byte[]? _numberKey;

    public bool IsWrittenWithTurns => true;

    public async Task AddAsync(NewEscalation escalation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        await NumberKeyAsync(cancellationToken);
        await database.WriteAsync(
            async (connection, transaction) =>
            {
                await AddAsync(connection, transaction, escalation);
                return true;
            },
            cancellationToken);
    }

    /// <summary>As part of somebody else's transaction. The key of numbers has been fetched when the number was counted.</summary>
    internal async Task AddAsync(DbConnection connection, DbTransaction transaction, NewEscalation added)
    {
        var escalation = added.Escalation;
        var isNew = await connection.ExecuteAsync(
            $"INSERT INTO escalations (id, request_key, conversation_key, number_key, state, body, created_at, changed_at) VALUES (@id, @requestKey, @conversationKey, @numberKey, @state, @body, {database.SharedNow}, {database.SharedNow}) ON CONFLICT (request_key) DO NOTHING",
            new { id = IdOf(escalation.Id), requestKey = escalation.RequestKey, conversationKey = escalation.ConversationKey, numberKey = HashOf(escalation.Request.Number, _numberKey!), state = escalation.State.ToWire(), body = BodyOf(escalation) },
            transaction) > 0;
        if (isNew)
        {
            await AddAsync(connection, transaction, added.Notices);
        }
    }

    public async Task<Escalation?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await SelectAsync("WHERE e.id = @id", new { id = IdOf(id) }, cancellationToken) is [var escalation] ? escalation : null;

    public Task<IReadOnlyList<Escalation>> FindOfConversationAsync(string conversationKey, CancellationToken cancellationToken) =>
        SelectAsync("WHERE e.conversation_key = @conversationKey ORDER BY e.id DESC", new { conversationKey }, cancellationToken);

    public Task<IReadOnlyList<Escalation>> FindUnfinishedAsync(CancellationToken cancellationToken) =>
        SelectAsync($"WHERE e.state NOT IN ({Over}) ORDER BY e.id", new { }, cancellationToken);

    public async Task<int> CountOfNumberAsync(string number, TimeSpan within, CancellationToken cancellationToken)
    {
        var numberKey = HashOf(number, await NumberKeyAsync(cancellationToken));
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            $"SELECT COUNT(*) FROM escalations WHERE number_key = @numberKey AND created_at >= {database.SharedNow} - @within", new { numberKey, within = (long)within.TotalMilliseconds }, cancellationToken: cancellationToken));
    }

    public Task<EscalationChange?> ChangeAsync(Guid id, EscalationState state, string? by, IReadOnlyList<Notice> notices, CancellationToken cancellationToken) =>
        database.WriteAsync<EscalationChange?>(
            async (connection, transaction) =>
            {
                // Held until the end: of two who take it at once, the second one sees what the first one did.
                if (await connection.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM escalations e WHERE e.id = @id{database.ForUpdate}", new { id = IdOf(id) }, transaction) is not { } row)
                {
                    return null;
                }

                var escalation = Read(row);
                if (!state.Before().Contains(escalation.State))
                {
                    return new EscalationChange(escalation, false);
                }

                escalation = escalation with { State = state, TakenBy = by ?? escalation.TakenBy, ChangedAt = timeProvider.GetUtcNow() };
                await connection.ExecuteAsync(
                    $"UPDATE escalations SET state = @state, body = @body, changed_at = {database.SharedNow} WHERE id = @id", new { id = IdOf(id), state = state.ToWire(), body = BodyOf(escalation) }, transaction);
                await AddAsync(connection, transaction, notices);
                return new EscalationChange(escalation, true);
            },
            cancellationToken);

    public Task EraseOfConversationAsync(string conversationKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                foreach (var row in await connection.QueryAsync<Row>($"SELECT {Columns} FROM escalations e WHERE e.conversation_key = @conversationKey{database.ForUpdate}", new { conversationKey }, transaction))
                {
                    await connection.ExecuteAsync("UPDATE escalations SET conversation_key = '', number_key = '', body = @body WHERE id = @id", new { id = row.Id, body = BodyOf(Read(row).Erased()) }, transaction);
                }

                return true;
            },
            cancellationToken);

    public async Task<IReadOnlyList<DueNotice>> ClaimDueAsync(int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var due = $"is_done = 0 AND due_at <= {database.SharedNow} AND lease_until <= {database.SharedNow}";
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            // Asked every second, and mostly nothing is due: nobody is kept from writing for that.
            if (await reading.ExecuteScalarAsync<long?>(new CommandDefinition($"SELECT 1 FROM notices WHERE {due} LIMIT 1", cancellationToken: cancellationToken)) is null)
            {
                return [];
            }
        }

        var skip = database.IsPostgreSql ? " FOR UPDATE SKIP LOCKED" : string.Empty;
        return await database.WriteAsync<IReadOnlyList<DueNotice>>(
            async (connection, transaction) =>
            {
                var claimed = (await connection.QueryAsync<NoticeRow>(
                    $"UPDATE notices SET lease_until = {database.SharedNow} + @lease WHERE id IN (SELECT id FROM notices WHERE {due} ORDER BY due_at LIMIT @most{skip}) RETURNING id, escalation_id, kind, target, attempts",
                    new { most, lease = (long)lease.TotalMilliseconds },
                    transaction)).ToList();
                var notices = new List<DueNotice>(claimed.Count);
                foreach (var notice in claimed)
                {
                    var row = await connection.QuerySingleAsync<Row>($"SELECT {Columns} FROM escalations e WHERE e.id = @id", new { id = notice.EscalationId }, transaction);
                    var receipt = await connection.QuerySingleOrDefaultAsync<byte[]>(
                        "SELECT receipt FROM notices WHERE escalation_id = @id AND target = @target AND kind = @kind AND receipt IS NOT NULL", new { id = notice.EscalationId, target = notice.Target, kind = nameof(NoticeKind.Request) }, transaction);
                    notices.Add(new DueNotice(
                        new Notice(Guid.Parse(notice.Id), Guid.Parse(notice.EscalationId), Enum.Parse<NoticeKind>(notice.Kind), notice.Target, TimeSpan.Zero, (int)notice.Attempts), Read(row), receipt is null ? null : protector.Unprotect(receipt)));
                }

                return notices;
            },
            cancellationToken);
    }

    public Task CompleteAsync(Guid noticeId, string? receipt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "UPDATE notices SET is_done = 1, is_failing = 0, receipt = @receipt WHERE id = @id", new { id = IdOf(noticeId), receipt = receipt is null ? null : protector.Protect(receipt) }, transaction),
            cancellationToken);

    public Task PostponeAsync(Guid noticeId, TimeSpan wait, bool isFailing, IReadOnlyList<Notice> notices, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    $"UPDATE notices SET due_at = {database.SharedNow} + @wait, attempts = attempts + 1, lease_until = 0, is_failing = @isFailing WHERE id = @id",
                    new { id = IdOf(noticeId), wait = (long)wait.TotalMilliseconds, isFailing = isFailing ? 1 : 0 },
                    transaction);
                await AddAsync(connection, transaction, notices);
                return true;
            },
            cancellationToken);

    public async Task<EscalationBacklog> ReadBacklogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<BacklogRow>(new CommandDefinition(
            $"""
            SELECT COUNT(*) AS undelivered, COALESCE(SUM(is_failing), 0) AS failing, {database.SharedNow} - MIN(first_due_at) AS oldest_undelivered,
                   (SELECT COUNT(*) FROM escalations WHERE state = 'open') AS open, {database.SharedNow} - (SELECT MIN(created_at) FROM escalations WHERE state = 'open') AS oldest_open
            FROM notices WHERE is_done = 0 AND target <> '' AND (due_at <= {database.SharedNow} OR attempts > 0)
            """,
            cancellationToken: cancellationToken));
        return new EscalationBacklog((int)row.Undelivered, (int)row.Failing, Milliseconds(row.OldestUndelivered), (int)row.Open, Milliseconds(row.OldestOpen));
    }

    public Task<int> ForgetAsync(TimeSpan afterOver, TimeSpan unfinished, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    $"DELETE FROM escalations WHERE state IN ({Over}) AND changed_at <= {database.SharedNow} - @afterOver", new { afterOver = (long)afterOver.TotalMilliseconds }, transaction);
                return await connection.ExecuteAsync(
                    $"DELETE FROM escalations WHERE state NOT IN ({Over}) AND created_at <= {database.SharedNow} - @unfinished", new { unfinished = (long)unfinished.TotalMilliseconds }, transaction);
            },
            cancellationToken);

    /// <summary>The states in which nothing more is to be done, as a list of SQL.</summary>
    private static string Over { get; } = string.Join(", ", Enum.GetValues<EscalationState>().Where(state => state.IsOver()).Select(state => $"'{state.ToWire()}'"));

    private async Task<IReadOnlyList<Escalation>> SelectAsync(string where, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition($"SELECT {Columns} FROM escalations e {where}", parameters, cancellationToken: cancellationToken))).Select(Read)];
    }

    private async Task AddAsync(DbConnection connection, DbTransaction transaction, IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
        {
            // The same notice again: at most it becomes due earlier.
            await connection.ExecuteAsync(
                $"""
                INSERT INTO notices (id, escalation_id, kind, target, first_due_at, due_at) VALUES (@id, @escalationId, @kind, @target, {database.SharedNow} + @wait, {database.SharedNow} + @wait)
                ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, first_due_at = excluded.first_due_at WHERE notices.is_done = 0 AND notices.attempts = 0 AND notices.due_at > excluded.due_at
                """,
                new { id = IdOf(notice.Id), escalationId = IdOf(notice.EscalationId), kind = notice.Kind.ToString(), target = notice.Target, wait = (long)notice.Wait.TotalMilliseconds },
                transaction);
        }
    }

    private byte[] BodyOf(Escalation escalation) =>
        protector.Protect(JsonSerializer.Serialize(new Body(escalation.Request, escalation.Language, escalation.Reference, escalation.TakenBy), JsonSerializerOptions.Web));

    private Escalation Read(Row row)
    {
        var body = JsonSerializer.Deserialize<Body>(protector.Unprotect(row.Body), JsonSerializerOptions.Web)!;
        return new Escalation
        {
            Id = Guid.Parse(row.Id),
            RequestKey = row.RequestKey,
            ConversationKey = row.ConversationKey,
            Language = body.Language,
            Request = body.Request,
            Reference = body.Reference,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
            State = EscalationStates.FromWire(row.State) ?? throw new InvalidDataException($"An escalation is in the state '{row.State}', which this version does not know."),
            TakenBy = body.TakenBy,
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAt),
        };
    }

    private async Task<byte[]> NumberKeyAsync(CancellationToken cancellationToken) =>
        _numberKey ??= await _secrets.GetOrCreateAsync(NumberSecret, () => RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);

    /// <summary>Numbers are few enough to try them all: only with a key does a hash hide one.</summary>
    private static string HashOf(string number, byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(number)));

    private static string IdOf(Guid id) => id.ToString("n", CultureInfo.InvariantCulture);

    private static TimeSpan? Milliseconds(long? value) => value is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)) : null;

    private sealed record Body(CallbackRequest Request, string Language, string Reference, string? TakenBy);

    private sealed class Row
    {
        public string Id { get; init; } = string.Empty;

        public string RequestKey { get; init; } = string.Empty;

        public string ConversationKey { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public byte[] Body { get; init; } = [];

        public long CreatedAt { get; init; }

        public long ChangedAt { get; init; }
    }

    private sealed class NoticeRow
    {
        public string Id { get; init; } = string.Empty;

        public string EscalationId { get; init; } = string.Empty;

        public string Kind { get; init; } = string.Empty;

        public string Target { get; init; } = string.Empty;

        public long Attempts { get; init; }
    }

    private sealed class BacklogRow
    {
        public long Undelivered { get; init; }

        public long Failing { get; init; }

        public long? OldestUndelivered { get; init; }

        public long Open { get; init; }

        public long? OldestOpen { get; init; }
    }
}
