#nullable disable

namespace Microsoft.Bot.Schema;

/// <summary>The bot was added to or removed from a contact list.</summary>
public interface IContactRelationUpdateActivity : IActivity
{
    string Action { get; set; }
}
