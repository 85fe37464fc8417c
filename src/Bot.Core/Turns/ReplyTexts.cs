using Bot.Core.Content;

namespace Bot.Core.Turns;

/// <summary>What the bot says by itself in one language: everything but answers and handoffs. Numbers are still placeholders.</summary>
public sealed record ReplyTexts
{
    internal static readonly string[] Placeholders = ["emergency", "crisis", "poison", "centre", "centreLabel", "centreHours"];

    /// <summary>The states of the Bot Framework's handoff protocol.</summary>
    private static readonly string[] HandoffStateNames = ["accepted", "failed", "completed"];

    public required string Language { get; init; }

    public required string Greeting { get; init; }

    /// <summary>The greeting on a channel of an organisation, which may keep and read what is written there.</summary>
    public required string GreetingAtWork { get; init; }

    /// <summary>Said in a group when help could not be given to the person alone: numbers for anyone, nothing about anyone.</summary>
    public required string PublicHelp { get; init; }

    /// <summary>Said instead of search results when what was searched for is crisis wording.</summary>
    public required string SearchHelp { get; init; }

    /// <summary>Under handoffs, where the operator has set a local emergency number: {local}.</summary>
    public required string LocalEmergency { get; init; }

    /// <summary>How far a handoff to people has come, by the state the channel names.</summary>
    public required IReadOnlyDictionary<string, string> HandoffStates { get; init; }

    public required string Suggestions { get; init; }

    public required string NoneOfThese { get; init; }

    public required string NoAnswer { get; init; }

    /// <summary>Said instead of <see cref="NoAnswer"/> when there may be distress in what nothing answers.</summary>
    public required string Heard { get; init; }

    /// <summary>Said to a message in a language that the bot does not read.</summary>
    public required string OtherLanguage { get; init; }

    /// <summary>Said under an answer to one of several questions in a message, when another one could not be answered.</summary>
    public required string RestUnsure { get; init; }

    /// <summary>What is said to a request for advice on the person's own use.</summary>
    public required string Advice { get; init; }

    public required string Capabilities { get; init; }

    public required string OfferInDistress { get; init; }

    public required string OfferWithInformation { get; init; }

    public required string Pinned { get; init; }

    public required string SafetyCheck { get; init; }

    public required string SafetyQuestion { get; init; }

    public required IReadOnlyDictionary<SafetyChoice, string> SafetyButtons { get; init; }

    public required string OutcomeSafe { get; init; }

    public required string OutcomeInformation { get; init; }

    public required string Failure { get; init; }

    public required string EmptyMessage { get; init; }

    public required string Source { get; init; }

    /// <summary>Said above an answer from the article that nobody has translated yet; empty in the article's own language.</summary>
    public required string Untranslated { get; init; }

    /// <summary>Said instead of an answer whose review has expired, with the section to read in its place.</summary>
    public required string Overdue { get; init; }

    /// <summary>What is said on the way to a call, and about one.</summary>
    public required CallbackTexts Callback { get; init; }

    /// <summary>The answers offered as buttons under the greeting.</summary>
    public required IReadOnlyList<string> StartPrompts { get; init; }

    /// <summary>Reads one language's file, and reports every problem with its line.</summary>
    public static ReplyTexts? Read(string file, string language, string text, ICollection<ContentProblem> problems)
    {
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return null;
        }

        root.AllowOnly(
            "greeting", "greetingAtWork", "publicHelp", "searchHelp", "localEmergency", "handoffStates", "suggestions", "noneOfThese", "noAnswer", "heard", "otherLanguage", "restUnsure", "advice", "capabilities", "softOffer", "pinned", "safetyCheck", "safetyQuestion", "safetyButtons",
            "safetyOutcomes", "failure", "emptyMessage", "source", "untranslated", "overdue", "callback", "startPrompts");
        var offers = root.Required("softOffer");
        var outcomes = root.Required("safetyOutcomes");
        var buttons = root.Required("safetyButtons");
        var texts = new ReplyTexts
        {
            Language = language,
            Greeting = Text(root, "greeting", "emergency", "crisis"),
            GreetingAtWork = Text(root, "greetingAtWork", "emergency", "crisis"),
            PublicHelp = Text(root, "publicHelp", "emergency", "crisis"),
            SearchHelp = Text(root, "searchHelp", "emergency", "crisis", "centre"),
            LocalEmergency = Text(root, "localEmergency", "local"),
            HandoffStates = HandoffStateNames.ToDictionary(state => state, state => Text(root.Required("handoffStates"), state, "emergency", "crisis"), StringComparer.Ordinal),
            Suggestions = Text(root, "suggestions"),
            NoneOfThese = Text(root, "noneOfThese"),
            NoAnswer = Text(root, "noAnswer", "emergency", "crisis", "centre"),
            Heard = Text(root, "heard", "emergency", "crisis", "centre"),
            OtherLanguage = Text(root, "otherLanguage", "emergency", "crisis", "centre"),
            RestUnsure = Text(root, "restUnsure"),
            Advice = Text(root, "advice", "emergency", "crisis", "poison"),
            Capabilities = Text(root, "capabilities", "emergency", "crisis", "centre"),
            OfferInDistress = Text(offers, "distress", "emergency", "crisis"),
            OfferWithInformation = Text(offers, "information", "emergency", "crisis"),
            Pinned = Text(root, "pinned", "emergency", "crisis", "centre"),
            SafetyCheck = Text(root, "safetyCheck", "emergency", "crisis"),
            SafetyQuestion = Text(root, "safetyQuestion"),
            SafetyButtons = Enum.GetValues<SafetyChoice>().ToDictionary(choice => choice, choice => Text(buttons, choice.ToWire())),
            OutcomeSafe = Text(outcomes, "safe", "emergency", "crisis"),
            OutcomeInformation = Text(outcomes, "information", "emergency", "crisis"),
            Failure = Text(root, "failure", "emergency", "crisis", "centre"),
            EmptyMessage = Text(root, "emptyMessage", "emergency", "crisis"),
            Source = Text(root, "source"),
            Untranslated = language == "en" ? string.Empty : Text(root, "untranslated", "crisis"),
            Overdue = Text(root, "overdue", "section"),
            Callback = CallbackTexts.Read(root.Required("callback")),
            StartPrompts = root.Required("startPrompts")?.Texts ?? [],
        };
        return texts;
    }

    /// <summary>The member's text; a problem when it is absent, has an unknown placeholder, or lacks a number it must have.</summary>
    private static string Text(YamlValue? parent, string name, params IReadOnlyList<string> needed)
    {
        if (parent?.Required(name) is not { } value)
        {
            return string.Empty;
        }

        ContentPlaceholders.Check(value, [.. Placeholders, .. needed]);
        foreach (var placeholder in needed.Where(placeholder => !value.Text.Contains("{" + placeholder + "}", StringComparison.Ordinal)))
        {
            value.Report($"'{name}' must have the number {{{placeholder}}} in it.");
        }

        return value.Text;
    }
}

/// <summary>What a person answers when asked whether they are safe.</summary>
public enum SafetyChoice
{
    Safe,
    Help,
    Other,
    Information,
}

public static class SafetyChoices
{
    /// <summary>The choice as it stands in content files and in a button's value.</summary>
    public static string ToWire(this SafetyChoice choice) => choice switch
    {
        SafetyChoice.Safe => "safe",
        SafetyChoice.Help => "help",
        SafetyChoice.Other => "other",
        SafetyChoice.Information => "information",
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, null),
    };

    public static SafetyChoice? FromWire(string? text) =>
        Enum.GetValues<SafetyChoice>().Cast<SafetyChoice?>().FirstOrDefault(choice => choice!.Value.ToWire() == text);
}
