using System.Diagnostics.Metrics;
using System.Text.Json;
using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;

namespace Bot.Server.Channels.Teams;

/// <summary>What Teams asks and wants answered in the same request: searches from the message box, clicks on cards, thumbs.</summary>
public sealed class TeamsInvokes(Responder responder, TeamsRenderer renderer)
{
    public const string CardAction = "adaptiveCard/action";
    public const string Feedback = "message/submitAction";
    public const string Search = "composeExtension/query";

    private const int MostResults = 8;
    private const int LongestSearch = 1000;
    private const string ThumbnailCard = "application/vnd.microsoft.card.thumbnail";

    private static readonly Counter<long> Thumbs = new Meter("Bot.Teams").CreateCounter<long>("bot.teams.feedback", description: "Thumbs under answers in Teams.");

    /// <summary>The answers to a search as cards to insert; for crisis wording the numbers, to the searcher alone, and nothing to insert.</summary>
    public InvokeResponse Find(object? value, string? locale)
    {
        var text = string.Empty;
        if (ActivityJson.ToElement(value) is { ValueKind: JsonValueKind.Object } query && query.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Array)
        {
            // "initialRun" comes before anything is typed.
            text = string.Join(' ', parameters.EnumerateArray()
                .Where(parameter => parameter.ValueKind == JsonValueKind.Object && Text(parameter, "name") is not "initialRun")
                .Select(parameter => Text(parameter, "value")).OfType<string>());
        }

        var found = responder.Search(text.Length <= LongestSearch ? text : text[..LongestSearch], locale, MostResults);
        var result = (found.Help ?? found.Offer) is { } help
            ? new Dictionary<string, object?> { ["type"] = "message", ["text"] = help.Replace("**", string.Empty, StringComparison.Ordinal) }
            : new Dictionary<string, object?> { ["type"] = "result", ["attachmentLayout"] = "list", ["attachments"] = new List<object?>(found.Answers.Select(ToResult)) };
        return Ok(new Dictionary<string, object?> { ["composeExtension"] = result });
    }

    /// <summary>What a click on a card says, or null when it is no <c>Action.Execute</c> with data.</summary>
    public static JsonElement? ReadAction(object? value) =>
        ActivityJson.ToElement(value) is { ValueKind: JsonValueKind.Object } invoke && invoke.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
            && Text(action, "type") == "Action.Execute" && action.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? data
            : null;

    /// <summary>Counts a thumb, and gives what was written with it, which is screened like any message.</summary>
    public static string ReadFeedback(object? value)
    {
        if (ActivityJson.ToElement(value) is not { ValueKind: JsonValueKind.Object } submitted || !submitted.TryGetProperty("actionValue", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return string.Empty;
        }

        Thumbs.Add(1, new KeyValuePair<string, object?>("reaction", Text(given, "reaction") is "like" ? "like" : "dislike"));
        var feedback = Text(given, "feedback");
        return ActivityJson.ToElement(feedback) is { ValueKind: JsonValueKind.Object } form ? Text(form, "feedbackText") ?? string.Empty : feedback ?? string.Empty;
    }

    public static InvokeResponse Ok(object? body = null) => new() { Status = StatusCodes.Status200OK, Body = body };

    /// <summary>The answer to a click, shown under the card.</summary>
    public static InvokeResponse CardMessage(string text) =>
        Ok(new Dictionary<string, object?> { ["statusCode"] = StatusCodes.Status200OK, ["type"] = "application/vnd.microsoft.activity.message", ["value"] = text });

    public static InvokeResponse BadCardAction() => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Body = new Dictionary<string, object?>
        {
            ["statusCode"] = StatusCodes.Status400BadRequest,
            ["type"] = "application/vnd.microsoft.error",
            ["value"] = new Dictionary<string, object?> { ["code"] = "BadRequest", ["message"] = "The action must be an Action.Execute with data." },
        },
    };

    private object? ToResult(Reply.Answered answered) => new Dictionary<string, object?>
    {
        ["contentType"] = AdaptiveCards.ContentType,
        ["content"] = renderer.ToCard(answered),
        ["preview"] = new Dictionary<string, object?>
        {
            ["contentType"] = ThumbnailCard,
            ["content"] = new Dictionary<string, object?> { ["title"] = answered.Answer.Title, ["text"] = answered.Text.Replace("**", string.Empty, StringComparison.Ordinal) },
        },
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
