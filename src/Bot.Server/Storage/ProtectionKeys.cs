using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Bot.Server.Storage;

/// <summary>The key ring in the database, so that every replica reads what another one wrote. Wrapped by the certificate of the settings.</summary>
internal sealed class ProtectionKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(async () =>
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return (IReadOnlyCollection<XElement>)[.. (await connection.QueryAsync<string>("SELECT xml FROM protection_keys ORDER BY name")).Select(XElement.Parse)];
    }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(async () =>
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("INSERT INTO protection_keys (name, xml) VALUES (@name, @xml) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml", new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }).GetAwaiter().GetResult();
}
