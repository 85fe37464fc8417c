using Bot.Core.Conversations;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Server.Storage;

/// <summary>Secrets in the database, encrypted; whoever is first makes one, and all others get that.</summary>
internal sealed class SharedSecrets(Database database, IDataProtectionProvider protection) : ISharedSecrets
{
    private readonly IDataProtector _protector = protection.CreateProtector("Bot.Storage.Secrets.v1");

    public async Task<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(create);
        var body = await database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("INSERT INTO secrets (name, body) VALUES (@name, @body) ON CONFLICT (name) DO NOTHING", new { name, body = _protector.Protect(create()) }, transaction);
                return await connection.QuerySingleAsync<byte[]>("SELECT body FROM secrets WHERE name = @name", new { name }, transaction);
            },
            cancellationToken);
        return _protector.Unprotect(body);
    }
}
