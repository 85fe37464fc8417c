#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>A part of a text that deserves attention.</summary>
public class TextHighlight
{
    public TextHighlight()
    {
    }

    public TextHighlight(string text = null, int? occurrence = null)
    {
        Text = text;
        Occurrence = occurrence;
    }

    [JsonPropertyName("occurrence")]
    public int? Occurrence { get; set; }

    [JsonPropertyName("text")]
    public string Text { get; set; }
}
