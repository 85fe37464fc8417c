namespace Bot.Core.Conversations;

/// <summary>Secrets that every process on the same storage must share, such as the key that signs tokens.</summary>
public interface ISharedSecrets
{
    /// <summary>The secret of the name; made and stored the first time anybody asks for it.</summary>
    Task<byte[]> GetOrCreateAsync(string name, Func<byte[]> create, CancellationToken cancellationToken);
}
