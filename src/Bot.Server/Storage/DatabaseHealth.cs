using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Server.Storage;

/// <summary>Whether the database answers: without it a replica should get no new visitors, who are better off with another.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public const string Ready = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT 1", commandTimeout: 2, cancellationToken: cancellationToken));
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(exception.GetType().Name);
        }
    }
}
