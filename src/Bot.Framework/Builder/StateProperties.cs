#nullable disable
namespace Microsoft.Bot.Builder;

/// <summary>A named piece of state.</summary>
public interface IStatePropertyInfo
{
    string Name { get; }
}

/// <summary>Reads and writes a named piece of state of one type.</summary>
public interface IStatePropertyAccessor<T> : IStatePropertyInfo
{
    Task<T> GetAsync(ITurnContext turnContext, Func<T> defaultValueFactory = null, CancellationToken cancellationToken = default);

    Task SetAsync(ITurnContext turnContext, T value, CancellationToken cancellationToken = default);

    Task DeleteAsync(ITurnContext turnContext, CancellationToken cancellationToken = default);
}

/// <summary>Makes accessors.</summary>
public interface IPropertyManager
{
    IStatePropertyAccessor<T> CreateProperty<T>(string name);
}
