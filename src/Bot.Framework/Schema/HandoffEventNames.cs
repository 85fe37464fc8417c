#nullable disable
namespace Microsoft.Bot.Schema;

/// <summary>Names of the events by which a conversation is handed to people.</summary>
public static class HandoffEventNames
{
    public const string InitiateHandoff = "handoff.initiate";

    public const string HandoffStatus = "handoff.status";
}
