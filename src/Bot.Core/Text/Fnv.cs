namespace Bot.Core.Text;

/// <summary>FNV-1a over UTF-16, for models whose features are hashed into buckets. Training scripts repeat it: it may not change under a trained model.</summary>
public static class Fnv
{
    /// <summary>Where the hash of a run of letters begins.</summary>
    public const uint OfLetters = 2166136261;

    /// <summary>Where the hash of whole words begins, so that a word and a run of the same letters differ.</summary>
    public const uint OfWords = 0x9E3779B9;

    private const uint Prime = 16777619;

    public static uint Add(uint hash, char letter) => (hash ^ letter) * Prime;

    public static uint Add(uint hash, string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        foreach (var letter in letters)
        {
            hash = Add(hash, letter);
        }

        return hash;
    }

    /// <summary>The bucket of a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="buckets">How many there are: a power of two.</param>
    public static int ToBucket(uint hash, int buckets) => (int)((hash ^ (hash >> 15)) & (uint)(buckets - 1));
}
