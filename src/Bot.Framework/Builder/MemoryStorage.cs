#nullable disable
using System.Globalization;
using System.Text.Json;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>State in memory: for tests and for one process. What it hands out is always a copy.</summary>
public class MemoryStorage : IStorage
{
    private readonly Dictionary<string, Stored> _memory = [];
    private readonly Lock _lock = new();
    private long _eTag;

    public Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new Dictionary<string, object>(keys.Length);
        lock (_lock)
        {
            foreach (var key in keys)
            {
                if (_memory.TryGetValue(key, out var stored) && stored.Json is not null)
                {
                    var value = JsonSerializer.Deserialize(stored.Json, stored.Type, BotJson.Options);
                    if (value is IStoreItem item)
                    {
                        item.ETag = stored.ETag;
                    }

                    found[key] = value;
                }
            }
        }

        return Task.FromResult<IDictionary<string, object>>(found);
    }

    /// <summary>Writes every change. A stale <see cref="IStoreItem.ETag"/> other than <c>*</c> is an <see cref="ArgumentException"/>.</summary>
    public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_lock)
        {
            foreach (var (key, value) in changes)
            {
                var original = _memory.TryGetValue(key, out var stored) ? stored.ETag : null;
                if (value is IStoreItem item && original is not null && item.ETag != "*" && item.ETag != original)
                {
                    throw new ArgumentException($"Etag conflict.\r\n\r\nOriginal: {item.ETag}\r\nCurrent: {original}");
                }

                _memory[key] = new Stored(
                    value is null ? null : BotJson.Serialize(value),
                    value is IDictionary<string, object> ? typeof(Dictionary<string, object>) : value?.GetType(),
                    _eTag.ToString(CultureInfo.InvariantCulture));
                _eTag++;
            }
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string[] keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        lock (_lock)
        {
            foreach (var key in keys)
            {
                _memory.Remove(key);
            }
        }

        return Task.CompletedTask;
    }

    private sealed record Stored(string Json, Type Type, string ETag);
}
