#nullable disable
namespace Microsoft.Bot.Connector;

/// <summary>Calls the channel that a conversation is on.</summary>
public interface IConnectorClient : IDisposable
{
    /// <summary>The channel's service URL; paths such as <c>v3/conversations</c> are relative to it.</summary>
    Uri BaseUri { get; set; }

    IConversations Conversations { get; }
}
