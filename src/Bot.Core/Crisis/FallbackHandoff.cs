namespace Bot.Core.Crisis;

/// <summary>
/// What is said when nothing else can be: compiled in, so that no file, store or network can take it away.
/// A test holds these numbers against <c>dialogs/crisis/helplines.yml</c>.
/// </summary>
public static class FallbackHandoff
{
    public const string Text =
        """
        I am sorry, something went wrong on my side, and I could not answer.

        - **911** in an emergency: someone does not wake up, does not breathe, or is in danger
        - **988** Suicide & Crisis Lifeline: call or text, free, day and night
        - **(866) 971-5531** 1st Step's own treatment line, not an emergency service (hours not confirmed)

        I am an automatic FAQ, not a person. Nobody is reading this now, and I cannot call for you.

        Lo siento, algo falló. Emergencia: **911**. Para hablar con alguien: **988**, oprima 2.
        """;

    public static HandoffMessage Message { get; } = new(
        Text,
        [
            new HelpAction("Call 911", "tel:911", HelpActionKind.Call),
            new HelpAction("Call 988", "tel:988", HelpActionKind.Call),
            new HelpAction("Text 988", "sms:988", HelpActionKind.Text),
            new HelpAction("Call (866) 971-5531 (1st Step treatment center)", "tel:+18669715531", HelpActionKind.Call),
        ]);
}
