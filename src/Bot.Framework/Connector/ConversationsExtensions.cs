#nullable disable
using System.Globalization;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Connector;

/// <summary>The calls a bot makes to a channel. Each throws <see cref="ErrorResponseException"/> when the channel refuses.</summary>
public static class ConversationsExtensions
{
    public static Task<ConversationResourceResponse> CreateConversationAsync(this IConversations operations, ConversationParameters parameters, CancellationToken cancellationToken = default) =>
        operations.CallAsync<ConversationResourceResponse>(HttpMethod.Post, "v3/conversations", parameters, null, cancellationToken);

    public static Task<ResourceResponse> SendToConversationAsync(this IConversations operations, Activity activity, CancellationToken cancellationToken = default) =>
        operations.SendToConversationAsync(activity?.Conversation?.Id, activity, cancellationToken);

    public static Task<ResourceResponse> SendToConversationAsync(this IConversations operations, string conversationId, Activity activity, CancellationToken cancellationToken = default) =>
        operations.CallAsync<ResourceResponse>(HttpMethod.Post, $"{Conversation(conversationId)}/activities", activity, conversationId, cancellationToken);

    public static Task<ResourceResponse> ReplyToActivityAsync(this IConversations operations, Activity activity, CancellationToken cancellationToken = default) =>
        operations.ReplyToActivityAsync(activity?.Conversation?.Id, activity?.ReplyToId, activity, cancellationToken);

    public static Task<ResourceResponse> ReplyToActivityAsync(this IConversations operations, string conversationId, string activityId, Activity activity, CancellationToken cancellationToken = default) =>
        operations.CallAsync<ResourceResponse>(HttpMethod.Post, $"{Conversation(conversationId)}/activities/{Part(activityId, nameof(activityId))}", activity, conversationId, cancellationToken);

    public static Task<ResourceResponse> UpdateActivityAsync(this IConversations operations, Activity activity, CancellationToken cancellationToken = default) =>
        operations.UpdateActivityAsync(activity?.Conversation?.Id, activity?.Id, activity, cancellationToken);

    public static Task<ResourceResponse> UpdateActivityAsync(this IConversations operations, string conversationId, string activityId, Activity activity, CancellationToken cancellationToken = default) =>
        operations.CallAsync<ResourceResponse>(HttpMethod.Put, $"{Conversation(conversationId)}/activities/{Part(activityId, nameof(activityId))}", activity, conversationId, cancellationToken);

    public static Task DeleteActivityAsync(this IConversations operations, string conversationId, string activityId, CancellationToken cancellationToken = default) =>
        operations.CallAsync<object>(HttpMethod.Delete, $"{Conversation(conversationId)}/activities/{Part(activityId, nameof(activityId))}", null, conversationId, cancellationToken);

    public static Task<IList<ChannelAccount>> GetConversationMembersAsync(this IConversations operations, string conversationId, CancellationToken cancellationToken = default) =>
        operations.CallAsync<IList<ChannelAccount>>(HttpMethod.Get, $"{Conversation(conversationId)}/members", null, conversationId, cancellationToken);

    public static Task<PagedMembersResult> GetConversationPagedMembersAsync(this IConversations operations, string conversationId, int? pageSize = null, string continuationToken = null, CancellationToken cancellationToken = default)
    {
        var query = string.Join('&', new[]
        {
            pageSize is { } size ? "pageSize=" + size.ToString(CultureInfo.InvariantCulture) : null,
            continuationToken is null ? null : "continuationToken=" + Uri.EscapeDataString(continuationToken),
        }.Where(part => part is not null));
        return operations.CallAsync<PagedMembersResult>(HttpMethod.Get, $"{Conversation(conversationId)}/pagedmembers{(query.Length == 0 ? string.Empty : "?" + query)}", null, conversationId, cancellationToken);
    }

    private static string Conversation(string conversationId) => "v3/conversations/" + Part(conversationId, nameof(conversationId));

    private static string Part(string value, string name) =>
        string.IsNullOrEmpty(value) ? throw new ArgumentException("The channel cannot be called without it.", name) : Uri.EscapeDataString(value);
}
