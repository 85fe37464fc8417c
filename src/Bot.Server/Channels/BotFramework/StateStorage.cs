using Bot.Core.Conversations;
using Microsoft.Bot.Builder;

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// The Bot Framework's storage on the bot's own: state as JSON. In a turn of our own channel what is written waits for the turn's end, and is
/// written together with its replies.
/// </summary>
public sealed class StateStorage(IStateStore store) : IStorage
{
    public async Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = await store.ReadAsync(keys, cancellationToken);
        return found.ToDictionary(pair => pair.Key, pair => (object)ActivityJson.ReadState(pair.Value), StringComparer.Ordinal);
    }

    public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return ChangeAsync(changes.ToDictionary(pair => pair.Key, string? (pair) => ActivityJson.WriteState(pair.Value), StringComparer.Ordinal), cancellationToken);
    }

    public Task DeleteAsync(string[] keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return ChangeAsync(keys.ToDictionary(key => key, string? (_) => null, StringComparer.Ordinal), cancellationToken);
    }

    private Task ChangeAsync(Dictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        if (TurnUnit.Current is not { } unit)
        {
            return store.WriteAsync(changes, cancellationToken);
        }

        foreach (var (key, json) in changes)
        {
            unit.States[key] = json;
        }

        return Task.CompletedTask;
    }
}
