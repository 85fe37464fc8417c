using System.Text.Json;
using Microsoft.Bot.Schema;
#if BOT_FRAMEWORK_PACKAGES
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
#else
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
#endif

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// The one seam between the two flavours of the Bot Framework: activities to and from JSON, and incoming payloads as <see cref="JsonElement"/>.
/// The official types serialise with Newtonsoft, ours with System.Text.Json; no other file may know.
/// </summary>
internal static class ActivityJson
{
#if BOT_FRAMEWORK_PACKAGES
    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        ContractResolver = new CamelCasePropertyNamesContractResolver { NamingStrategy = new CamelCaseNamingStrategy { ProcessDictionaryKeys = false } },
        MaxDepth = 32,
    };

    public static string Serialize(Activity activity) => JsonConvert.SerializeObject(activity, Settings);

    /// <summary>Throws <see cref="System.Text.Json.JsonException"/> when a member has the wrong type.</summary>
    public static Activity Deserialize(string json)
    {
        try
        {
            return JsonConvert.DeserializeObject<Activity>(json, Settings) ?? throw new System.Text.Json.JsonException("The activity is null.");
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            throw new System.Text.Json.JsonException("The activity has a member of the wrong type.", exception);
        }
    }

    public static string WriteState(object state) => JsonConvert.SerializeObject(state, Settings);

    public static IDictionary<string, object> ReadState(string json) => JsonConvert.DeserializeObject<Dictionary<string, object>>(json, Settings) ?? [];
#else
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    public static string Serialize(Activity activity) => JsonSerializer.Serialize(activity, Options);

    /// <summary>Throws <see cref="JsonException"/> when a member has the wrong type.</summary>
    public static Activity Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Activity>(json, Options) ?? throw new JsonException("The activity is null.");
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair in a string.
            throw new JsonException("The activity has text that is not Unicode.", exception);
        }
    }

    public static string WriteState(object state) => JsonSerializer.Serialize(state, Options);

    public static IDictionary<string, object> ReadState(string json) => JsonSerializer.Deserialize<Dictionary<string, object>>(json, Options) ?? [];
#endif

    /// <summary>A payload of an incoming activity, whatever the flavour made of it.</summary>
    public static JsonElement? ToElement(object? payload)
    {
        try
        {
            return payload switch
            {
                null => null,
                JsonElement element => element,
                string text => JsonElement.Parse(text),
                // A Newtonsoft token writes itself as JSON; its type is not named here.
                _ when payload.GetType().Namespace is { } name && name.StartsWith("Newtonsoft", StringComparison.Ordinal) => JsonElement.Parse(payload.ToString()!),
                _ => System.Text.Json.JsonSerializer.SerializeToElement(payload),
            };
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
