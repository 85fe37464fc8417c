#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>A named operation that expects an answer.</summary>
public interface IInvokeActivity : IActivity
{
    string Name { get; set; }

    ConversationReference RelatesTo { get; set; }

    object Value { get; set; }
}
