using System.Text.Json;
using Bot.Core.Turns;

namespace Bot.Server.Channels.BotFramework;

/// <summary>What a button carries over the wire and back: one member, so that a click says exactly what was meant.</summary>
internal static class ButtonValues
{
    private const string AnswerMember = "answerId";
    private const string SafetyMember = "safety";
    private const string NoneMember = "noneOfThese";
    private const string CallbackMember = "callback";

    /// <summary>What a card's button asks of Teams itself; nobody types there.</summary>
    private const string TeamsMember = "msteams";

    public static Dictionary<string, object?> Write(ReplyButton button) => button.Kind switch
    {
        ReplyButtonKind.Answer => new() { [AnswerMember] = button.Value },
        ReplyButtonKind.Safety => new() { [SafetyMember] = button.Value },
        ReplyButtonKind.NoneOfThese => new() { [NoneMember] = true },
        ReplyButtonKind.Callback => new() { [CallbackMember] = button.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(button), button.Kind, null),
    };

    /// <summary>The button pressed, or null for any other payload.</summary>
    public static ReplyButton? Read(object? payload, string title)
    {
        if (ActivityJson.ToElement(payload) is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        return value.TryGetProperty(AnswerMember, out var answer) && answer.ValueKind == JsonValueKind.String ? new ReplyButton(title, ReplyButtonKind.Answer, answer.GetString()!)
            : value.TryGetProperty(SafetyMember, out var safety) && safety.ValueKind == JsonValueKind.String ? new ReplyButton(title, ReplyButtonKind.Safety, safety.GetString()!)
            : value.TryGetProperty(CallbackMember, out var callback) && callback.ValueKind == JsonValueKind.String ? new ReplyButton(title, ReplyButtonKind.Callback, callback.GetString()!)
            : value.TryGetProperty(NoneMember, out _) ? new ReplyButton(title, ReplyButtonKind.NoneOfThese, string.Empty)
            : null;
    }

    /// <summary>Every string in the payload that a person may have typed into a card, so that it is screened like any message.</summary>
    public static IEnumerable<string> TypedTexts(object? payload)
    {
        const int DeepestCard = 8;

        // The official types give a bare string as it is; it may or may not hold JSON, and is screened either way.
        return payload is string text ? [text] : ActivityJson.ToElement(payload) is { } value ? Texts(value, DeepestCard) : [];
    }

    private static IEnumerable<string> Texts(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when depth > 0 => value.EnumerateArray().SelectMany(item => Texts(item, depth - 1)),
        JsonValueKind.Object when depth > 0 => value.EnumerateObject()
            .Where(member => member.Name is not (AnswerMember or SafetyMember or NoneMember or CallbackMember or TeamsMember))
            .SelectMany(member => Texts(member.Value, depth - 1)),
        _ => [],
    };
}
