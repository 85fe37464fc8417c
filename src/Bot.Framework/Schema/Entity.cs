#nullable disable
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>Something known about an activity, such as a mention.</summary>
public class Entity
{
    public Entity()
    {
    }

    public Entity(string type = null)
    {
        Type = type;
    }

    [JsonPropertyName("type")]
    public string Type { get; set; }

    /// <summary>Members this subset does not name; they survive a round trip.</summary>
    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement> ExtensionData { get; set; }

    public T GetAs<T>() => BotJson.Convert<T>(this);

    public void SetAs<T>(T obj)
    {
        var copy = BotJson.Convert<Entity>(obj);
        Type = copy.Type;
        ExtensionData = copy.ExtensionData;
    }

    public bool Equals(Entity other) => other is not null && BotJson.Serialize(this) == BotJson.Serialize(other);

    public override bool Equals(object obj) => obj is Entity other && Equals(other);

    public override int GetHashCode() => Type?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
