#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>A trace, for developers' eyes.</summary>
public interface ITraceActivity : IActivity
{
    string Label { get; set; }

    string Name { get; set; }

    ConversationReference RelatesTo { get; set; }

    object Value { get; set; }

    string ValueType { get; set; }
}
