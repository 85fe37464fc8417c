#nullable disable
namespace Microsoft.Bot.Builder;

/// <summary>A stored object whose concurrent changes are found out by an ETag.</summary>
public interface IStoreItem
{
    string ETag { get; set; }
}
