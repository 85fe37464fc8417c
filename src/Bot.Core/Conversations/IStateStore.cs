namespace Bot.Core.Conversations;

/// <summary>What is remembered between turns, as JSON by key.</summary>
public interface IStateStore
{
    /// <summary>What is there of the keys.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Writes every change, or none; null forgets a key.</summary>
    Task WriteAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken);
}
