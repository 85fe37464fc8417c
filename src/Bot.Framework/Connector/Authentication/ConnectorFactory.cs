#nullable disable
namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Makes clients for channel services.</summary>
public abstract class ConnectorFactory
{
    protected ConnectorFactory()
    {
    }

    public abstract Task<IConnectorClient> CreateAsync(string serviceUrl, string audience, CancellationToken cancellationToken);
}
