#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>The id of a thing a channel made.</summary>
public class ResourceResponse
{
    public ResourceResponse()
    {
    }

    public ResourceResponse(string id = null)
    {
        Id = id;
    }

    [JsonPropertyName("id")]
    public string Id { get; set; }
}
