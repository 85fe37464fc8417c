#nullable disable
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>How activities look as JSON: camel case, no nulls, unknown members kept.</summary>
internal static class BotJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 64,
    };

    public static string Serialize(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static T Convert<T>(object value) => value is JsonElement element
        ? element.Deserialize<T>(Options)
        : JsonSerializer.Deserialize<T>(Serialize(value), Options);

    public static T Clone<T>(T value) => JsonSerializer.Deserialize<T>(Serialize(value), Options);
}
