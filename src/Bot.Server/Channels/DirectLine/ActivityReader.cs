using System.Buffers;
using System.Text.Json;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Reads what a client posts, and answers anything malformed with what is wrong and how to mend it.</summary>
internal static class ActivityReader
{
    private static readonly string[] TakenTypes = [ActivityTypes.Message, ActivityTypes.Event, ActivityTypes.Typing];

    public static async Task<(Activity? Activity, IResult? Error)> ReadAsync(HttpRequest request, DirectLineOptions options, CancellationToken cancellationToken)
    {
        var (json, tooLarge) = await ReadBodyAsync(request, options.MaximumActivityBytes, cancellationToken);
        if (tooLarge)
        {
            return (null, DirectLineErrors.TooLarge(options.MaximumActivityBytes));
        }

        Activity activity;
        try
        {
            activity = ActivityJson.Deserialize(json);
        }
        catch (JsonException)
        {
            // The exception's message may quote what was typed: it stays here.
            return (null, DirectLineErrors.BadArgument("The body is not an activity: not JSON, or a member has the wrong type."));
        }

        if (string.IsNullOrEmpty(activity.Type))
        {
            return (null, DirectLineErrors.MissingProperty("The activity has no 'type'."));
        }

        if (!TakenTypes.Contains(activity.Type))
        {
            return (null, DirectLineErrors.BadArgument($"The activity's type must be one of: {string.Join(", ", TakenTypes)}."));
        }

        if (activity.Type == ActivityTypes.Message && string.IsNullOrWhiteSpace(activity.Text) && activity.Value is null)
        {
            return (null, DirectLineErrors.MissingProperty("The message has neither 'text' nor 'value'."));
        }

        return activity.Text?.Length > options.MaximumTextLength
            ? (null, DirectLineErrors.TextTooLong(options.MaximumTextLength))
            : (activity, null);
    }

    /// <summary>An optional JSON object as a body: empty is fine, anything else must be one.</summary>
    public static async Task<(JsonElement Body, IResult? Error)> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        const int LargestBody = 16 * 1024;
        var (json, tooLarge) = await ReadBodyAsync(request, LargestBody, cancellationToken);
        if (tooLarge)
        {
            return (default, DirectLineErrors.TooLarge(LargestBody));
        }

        if (string.IsNullOrWhiteSpace(json))
        {
            return (default, null);
        }

        try
        {
            var element = JsonElement.Parse(json);
            return element.ValueKind == JsonValueKind.Object ? (element, null) : (default, DirectLineErrors.BadArgument("The body must be a JSON object, or empty."));
        }
        catch (JsonException)
        {
            return (default, DirectLineErrors.BadArgument("The body is not JSON."));
        }
    }

    /// <summary>A short plain text, such as a token; null when it is too long for one.</summary>
    public static async Task<string?> ReadTextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        const int LargestText = 4096;
        var (text, isTooLarge) = await ReadBodyAsync(request, LargestText, cancellationToken);
        return isTooLarge ? null : text;
    }

    /// <summary>The text of a member of an object, or null.</summary>
    public static string? TextOf(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    private static async Task<(string Text, bool IsTooLarge)> ReadBodyAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return (string.Empty, true);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(most + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, most + 1), most + 1, throwOnEndOfStream: false, cancellationToken);
            return length > most ? (string.Empty, true) : (System.Text.Encoding.UTF8.GetString(buffer, 0, length), false);
        }
        finally
        {
            // What people typed does not linger in a shared buffer.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
