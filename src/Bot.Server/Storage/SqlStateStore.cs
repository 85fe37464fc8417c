using System.Data.Common;
using Bot.Core.Conversations;
using Bot.Core.Turns;
using Dapper;
using Microsoft.Extensions.Options;

namespace Bot.Server.Storage;

/// <summary>What is remembered between turns, encrypted, forgotten when its time is over.</summary>
public sealed class SqlStateStore(Database database, TextProtector protector, IOptions<PrivacyFacts> privacyFacts) : IStateStore
{
    /// <summary>How long it is known that somebody was welcomed.</summary>
    private static readonly TimeSpan OfPersonKept = TimeSpan.FromDays(30);

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition("SELECT body FROM states WHERE id = @key AND forget_at > @now", new { key, now = database.Now }, cancellationToken: cancellationToken)) is { } body)
            {
                found[key] = protector.Unprotect(body);
            }
        }

        return found;
    }

    public Task WriteAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                await WriteAsync(connection, transaction, changes);
                return true;
            },
            cancellationToken);

    internal async Task WriteAsync(DbConnection connection, DbTransaction transaction, IEnumerable<KeyValuePair<string, string?>> changes)
    {
        foreach (var (key, json) in changes)
        {
            if (json is null)
            {
                await connection.ExecuteAsync("DELETE FROM states WHERE id = @key", new { key }, transaction);
            }
            else
            {
                var isOfPerson = key.Contains("/users/", StringComparison.Ordinal) && !key.Contains("/conversations/", StringComparison.Ordinal);
                var kept = isOfPerson ? OfPersonKept : TimeSpan.FromMinutes(privacyFacts.Value.KeepConversationMinutes);
                await connection.ExecuteAsync(
                    "INSERT INTO states (id, body, forget_at) VALUES (@key, @body, @forgetAt) ON CONFLICT (id) DO UPDATE SET body = excluded.body, forget_at = excluded.forget_at",
                    new { key, body = protector.Protect(json), forgetAt = database.Now + (long)kept.TotalMilliseconds },
                    transaction);
            }
        }
    }

    /// <summary>Forgets what is over.</summary>
    internal async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM states WHERE forget_at <= @now", new { now = database.Now }, cancellationToken: cancellationToken));
    }
}
