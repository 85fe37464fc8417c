#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>Values of <see cref="Activity.Type"/>.</summary>
public static class ActivityTypes
{
    public const string Command = "command";

    public const string CommandResult = "commandResult";

    public const string ContactRelationUpdate = "contactRelationUpdate";

    public const string ConversationUpdate = "conversationUpdate";

    public const string Delay = "delay";

    public const string DeleteUserData = "deleteUserData";

    public const string EndOfConversation = "endOfConversation";

    public const string Event = "event";

    public const string Handoff = "handoff";

    public const string InstallationUpdate = "installationUpdate";

    public const string Invoke = "invoke";

    public const string Message = "message";

    public const string MessageDelete = "messageDelete";

    public const string MessageReaction = "messageReaction";

    public const string MessageUpdate = "messageUpdate";

    public const string Suggestion = "suggestion";

    public const string Trace = "trace";

    public const string Typing = "typing";
}
