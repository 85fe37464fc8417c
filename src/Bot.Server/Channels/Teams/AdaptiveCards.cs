using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.Teams;

/// <summary>Adaptive Cards 1.5 as plain dictionaries: an object of System.Text.Json in an outgoing activity kills a process on the official packages.</summary>
internal static class AdaptiveCards
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>A card over the full width: the text in paragraphs, then links, then buttons. Clients that cannot show it show <paramref name="text"/>.</summary>
    public static Dictionary<string, object?> Create(string text, IEnumerable<Dictionary<string, object?>> extra, IEnumerable<Dictionary<string, object?>> actions) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = "1.5",
        ["fallbackText"] = text,
        ["msteams"] = new Dictionary<string, object?> { ["width"] = "Full" },
        ["body"] = new List<object?>([.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => TextBlock(paragraph)), .. extra]),
        ["actions"] = new List<object?>(actions),
    };

    public static Dictionary<string, object?> TextBlock(string text, bool isSubtle = false) =>
        isSubtle
            ? new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true, ["isSubtle"] = true, ["size"] = "Small" }
            : new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };

    /// <summary>
    /// A button that works like typing its title: the click arrives as a message with the title and what it stands for. Without Teams' own
    /// <c>messageBack</c>: it would show the click in the chat, and the Playground fails on it.
    /// </summary>
    public static Dictionary<string, object?> Submit(ReplyButton button)
    {
        var data = ButtonValues.Write(button);
        data["title"] = button.Title;
        return new() { ["type"] = "Action.Submit", ["title"] = button.Title, ["data"] = data };
    }

    /// <summary>A button whose click is answered under its own card, so that everybody sees what was pressed; older clients send it as a message.</summary>
    public static Dictionary<string, object?> Execute(ReplyButton button)
    {
        var submit = Submit(button);
        return new(submit) { ["type"] = "Action.Execute", ["verb"] = "press", ["fallback"] = submit };
    }

    public static Dictionary<string, object?> OpenUrl(string title, string url) => new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = url };

    public static Attachment ToAttachment(Dictionary<string, object?> card) => new() { ContentType = ContentType, Content = card };
}
