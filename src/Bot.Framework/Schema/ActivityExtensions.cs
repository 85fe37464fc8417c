#nullable disable
namespace Microsoft.Bot.Schema;

/// <summary>What bots often do to messages.</summary>
public static class ActivityExtensions
{
    /// <summary>Takes the bot's own mention out of the text, and gives the text.</summary>
    public static string RemoveRecipientMention(this IMessageActivity activity) => activity.RemoveMentionText(activity?.Recipient?.Id);

    /// <summary>Takes every mention of the account out of the text, and gives the text.</summary>
    public static string RemoveMentionText(this IMessageActivity activity, string id)
    {
        ArgumentNullException.ThrowIfNull(activity);
        foreach (var mention in activity.GetMentions().Where(mention => mention.Mentioned?.Id == id && !string.IsNullOrEmpty(mention.Text)))
        {
            activity.Text = activity.Text?.Replace(mention.Text, string.Empty, StringComparison.OrdinalIgnoreCase).Trim();
        }

        return activity.Text;
    }
}
