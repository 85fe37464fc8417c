#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>A mention of somebody in a text.</summary>
public class Mention : Entity
{
    public Mention()
    {
    }

    public Mention(ChannelAccount mentioned = null, string text = null, string type = null)
    {
        Mentioned = mentioned;
        Text = text;
        Type = type;
    }

    [JsonPropertyName("mentioned")]
    public ChannelAccount Mentioned { get; set; }

    [JsonPropertyName("text")]
    public string Text { get; set; }
}
