#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>A reaction, such as a like, put on or taken off a message.</summary>
public class MessageReaction
{
    public MessageReaction()
    {
    }

    public MessageReaction(string type = null)
    {
        Type = type;
    }

    [JsonPropertyName("type")]
    public string Type { get; set; }
}
