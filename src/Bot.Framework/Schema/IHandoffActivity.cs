#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>A hand-off of the conversation.</summary>
public interface IHandoffActivity : IActivity
{
}
