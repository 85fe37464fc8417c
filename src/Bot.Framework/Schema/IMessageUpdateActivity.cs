#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>A message was edited.</summary>
public interface IMessageUpdateActivity : IMessageActivity
{
}
