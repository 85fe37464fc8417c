#nullable disable
using System.Text.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>Actions offered under a message, gone once one is chosen.</summary>
public class SuggestedActions
{
    public SuggestedActions()
    {
    }

    public SuggestedActions(IEnumerable<string> to, IEnumerable<CardAction> actions)
    {
        To = to.ToList();
        Actions = actions.ToList();
    }

    public SuggestedActions(IList<string> to = null, IList<CardAction> actions = null)
    {
        To = to;
        Actions = actions;
    }

    [JsonPropertyName("actions")]
    public IList<CardAction> Actions { get; set; }

    [JsonPropertyName("to")]
    public IList<string> To { get; set; }
}
