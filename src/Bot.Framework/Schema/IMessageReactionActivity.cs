#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>Reactions to a message changed.</summary>
public interface IMessageReactionActivity : IActivity
{
    IList<MessageReaction> ReactionsAdded { get; set; }

    IList<MessageReaction> ReactionsRemoved { get; set; }
}
