#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>What was said so far.</summary>
public class Transcript
{
    public Transcript()
    {
    }

    public Transcript(IList<Activity> activities = null) => Activities = activities;

    [JsonPropertyName("activities")]
    public IList<Activity> Activities { get; set; }
}
