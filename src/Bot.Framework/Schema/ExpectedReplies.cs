#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>The replies of a turn whose sender asked for them in the answer.</summary>
public class ExpectedReplies
{
    public ExpectedReplies()
    {
    }

    public ExpectedReplies(IList<Activity> activities = null) => Activities = activities;

    [JsonPropertyName("activities")]
    public IList<Activity> Activities { get; set; }
}
