#nullable disable
namespace Microsoft.Bot.Schema;

/// <summary>Makes attachments of cards.</summary>
public static class Extensions
{
    public static Attachment ToAttachment(this HeroCard card) => new() { ContentType = HeroCard.ContentType, Content = card };
}
