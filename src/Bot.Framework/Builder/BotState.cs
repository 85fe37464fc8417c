#nullable disable
using System.Text.Json;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>State read once a turn, cached in the turn, and written only when it changed.</summary>
public abstract class BotState : IPropertyManager
{
    private readonly IStorage _storage;
    private readonly string _contextServiceKey;

    public BotState(IStorage storage, string contextServiceKey)
    {
        _storage = storage ?? throw new ArgumentNullException(nameof(storage));
        _contextServiceKey = contextServiceKey ?? throw new ArgumentNullException(nameof(contextServiceKey));
    }

    public IStatePropertyAccessor<T> CreateProperty<T>(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Accessor<T>(this, name);
    }

    public CachedBotState GetCachedState(ITurnContext turnContext) => turnContext.TurnState.Get<CachedBotState>(_contextServiceKey);

    public virtual async Task LoadAsync(ITurnContext turnContext, bool force = false, CancellationToken cancellationToken = default)
    {
        BotAssert.ContextNotNull(turnContext);
        if (!force && GetCachedState(turnContext)?.State is not null)
        {
            return;
        }

        var key = GetStorageKey(turnContext);
        var items = await _storage.ReadAsync([key], cancellationToken).ConfigureAwait(false);
        var state = items.TryGetValue(key, out var value) ? value as IDictionary<string, object> : null;
        turnContext.TurnState.Set(_contextServiceKey, new CachedBotState(state));
    }

    public virtual async Task SaveChangesAsync(ITurnContext turnContext, bool force = false, CancellationToken cancellationToken = default)
    {
        BotAssert.ContextNotNull(turnContext);
        var cached = GetCachedState(turnContext);
        if (cached is not null && (force || cached.IsChanged()))
        {
            await _storage.WriteAsync(new Dictionary<string, object> { [GetStorageKey(turnContext)] = cached.State }, cancellationToken).ConfigureAwait(false);
            cached.MarkSaved();
        }
    }

    public virtual Task ClearStateAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        BotAssert.ContextNotNull(turnContext);
        turnContext.TurnState.Set(_contextServiceKey, new CachedBotState { Hash = string.Empty });
        return Task.CompletedTask;
    }

    public virtual async Task DeleteAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        BotAssert.ContextNotNull(turnContext);
        turnContext.TurnState.Set<CachedBotState>(_contextServiceKey, null);
        await _storage.DeleteAsync([GetStorageKey(turnContext)], cancellationToken).ConfigureAwait(false);
    }

    protected abstract string GetStorageKey(ITurnContext turnContext);

    protected Task<T> GetPropertyValueAsync<T>(ITurnContext turnContext, string propertyName, CancellationToken cancellationToken = default)
    {
        var state = GetCachedState(turnContext).State;
        if (!state.TryGetValue(propertyName, out var value))
        {
            throw new KeyNotFoundException(propertyName);
        }

        if (value is JsonElement element)
        {
            // Storage knows the outer type only; the first reader says what this is.
            value = BotJson.Convert<T>(element);
            state[propertyName] = value;
        }

        return Task.FromResult((T)value);
    }

    protected Task SetPropertyValueAsync(ITurnContext turnContext, string propertyName, object value, CancellationToken cancellationToken = default)
    {
        GetCachedState(turnContext).State[propertyName] = value;
        return Task.CompletedTask;
    }

    protected Task DeletePropertyValueAsync(ITurnContext turnContext, string propertyName, CancellationToken cancellationToken = default)
    {
        GetCachedState(turnContext).State.Remove(propertyName);
        return Task.CompletedTask;
    }

    /// <summary>State as it was loaded, and as it is now.</summary>
    public class CachedBotState
    {
        public CachedBotState(IDictionary<string, object> state = null)
        {
            State = state ?? new Dictionary<string, object>();
            MarkSaved();
        }

        public IDictionary<string, object> State { get; set; }

        internal string Hash { get; set; }

        internal bool IsChanged() => Hash != BotJson.Serialize(State);

        internal void MarkSaved() => Hash = BotJson.Serialize(State);
    }

    private sealed class Accessor<T>(BotState botState, string name) : IStatePropertyAccessor<T>
    {
        public string Name => name;

        public async Task<T> GetAsync(ITurnContext turnContext, Func<T> defaultValueFactory, CancellationToken cancellationToken)
        {
            await botState.LoadAsync(turnContext, false, cancellationToken).ConfigureAwait(false);
            try
            {
                if (await botState.GetPropertyValueAsync<T>(turnContext, name, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
            catch (KeyNotFoundException) when (defaultValueFactory is not null)
            {
                // Made below.
            }

            if (defaultValueFactory is null)
            {
                return default;
            }

            var value = defaultValueFactory();
            await SetAsync(turnContext, value, cancellationToken).ConfigureAwait(false);
            return value;
        }

        public async Task SetAsync(ITurnContext turnContext, T value, CancellationToken cancellationToken)
        {
            await botState.LoadAsync(turnContext, false, cancellationToken).ConfigureAwait(false);
            await botState.SetPropertyValueAsync(turnContext, name, value, cancellationToken).ConfigureAwait(false);
        }

        public async Task DeleteAsync(ITurnContext turnContext, CancellationToken cancellationToken)
        {
            await botState.LoadAsync(turnContext, false, cancellationToken).ConfigureAwait(false);
            await botState.DeletePropertyValueAsync(turnContext, name, cancellationToken).ConfigureAwait(false);
        }
    }
}
