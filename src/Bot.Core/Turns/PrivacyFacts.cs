namespace Bot.Core.Turns;

/// <summary>What the settings make true of a person's privacy: answers about it say these values, never their own.</summary>
public sealed class PrivacyFacts
{
    /// <summary>Minutes after the last activity until a chat in the web widget is deleted.</summary>
    public int KeepConversationMinutes { get; set; } = 60;
}
