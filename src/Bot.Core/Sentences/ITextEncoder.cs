namespace Bot.Core.Sentences;

/// <summary>Makes a vector of a short text, so that texts that mean the same lie near each other. Thread-safe.</summary>
public interface ITextEncoder
{
    /// <summary>How many numbers a vector has.</summary>
    int Size { get; }

    /// <summary>True when the cosines are those the matcher's confidence was fitted on; others are brought to that range when a knowledge base is loaded.</summary>
    bool IsFitted { get; }

    /// <summary>Writes the vector, of length 1, or of zeros when there is nothing to encode. False when the encoder failed: words alone then decide.</summary>
    /// <param name="text">The text as it was written.</param>
    /// <param name="words">Its words, as the normalizer gives them and mistyped ones put right.</param>
    /// <param name="vector">As long as <see cref="Size"/>.</param>
    bool TryEncode(string text, IReadOnlyList<string> words, Span<float> vector);
}
