#nullable disable

namespace Microsoft.Bot.Connector;

/// <summary>
/// What can be done in conversations. The official interface's members return Microsoft.Rest types; bot code uses <see cref="ConversationsExtensions"/>,
/// so ours are internal.
/// </summary>
public interface IConversations
{
    internal Task<T> CallAsync<T>(HttpMethod method, string path, object body, string conversationId, CancellationToken cancellationToken);
}
