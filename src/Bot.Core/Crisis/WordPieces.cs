using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// The vocabulary of the <see cref="RiskReader"/>: WordPiece for English, whole words for Spanish, whose rows began as those of their translations.
/// Immutable.
/// </summary>
internal sealed class WordPieces
{
    private const string Continues = "##";

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _beginnings;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;
    private readonly Dictionary<string, int> _spanish;
    private readonly int _unknown;

    /// <param name="pieces">Pieces of English words, those that continue one after ##, with their row.</param>
    /// <param name="spanish">Spanish words with their row. Throws <see cref="InvalidDataException"/> when a piece is missing that every model has.</param>
    public WordPieces(IReadOnlyDictionary<string, int> pieces, Dictionary<string, int> spanish)
    {
        _beginnings = Those(pieces.Where(piece => !piece.Key.StartsWith(Continues, StringComparison.Ordinal)), 0);
        _continuations = Those(pieces.Where(piece => piece.Key.StartsWith(Continues, StringComparison.Ordinal)), Continues.Length);
        _spanish = spanish;
        int RowOf(string piece) => pieces.TryGetValue(piece, out var row) ? row : throw new InvalidDataException($"The reader's vocabulary has no {piece}.");
        (Begin, End, _unknown) = (RowOf("[CLS]"), RowOf("[SEP]"), RowOf("[UNK]"));
    }

    /// <summary>The piece that stands before the first word.</summary>
    public int Begin { get; }

    /// <summary>The piece that stands after the last word.</summary>
    public int End { get; }

    /// <summary>The pieces of a message between <see cref="Begin"/> and <see cref="End"/>, the first that fit; how many.</summary>
    /// <param name="words">Its words and marks (<see cref="MarkedWords"/>).</param>
    /// <param name="isSpanish">Whether a word that both languages have is meant in Spanish.</param>
    /// <param name="rows">Gets the row of each piece.</param>
    public int Split(IEnumerable<string> words, bool isSpanish, Span<int> rows)
    {
        rows[0] = Begin;
        var (count, last) = (1, rows.Length - 1);
        foreach (var word in words)
        {
            if (count == last)
            {
                break;
            }

            count += isSpanish && _spanish.TryGetValue(word, out var row) || _beginnings.TryGetValue(word, out row) || _spanish.TryGetValue(word, out row)
                ? One(row, rows[count..])
                : SplitWord(word, rows[count..last]);
        }

        rows[count] = End;
        return count + 1;
    }

    private static int One(int row, Span<int> rows)
    {
        rows[0] = row;
        return 1;
    }

    /// <summary>The longest piece that the word begins with, and so on; of a word with a letter that no piece has only that it is unknown.</summary>
    private int SplitWord(ReadOnlySpan<char> word, Span<int> rows)
    {
        var (start, count) = (0, 0);
        while (start < word.Length && count < rows.Length)
        {
            var end = word.Length;
            while (end > start && !(start == 0 ? _beginnings : _continuations).TryGetValue(word[start..end], out rows[count]))
            {
                end--;
            }

            if (end == start)
            {
                return One(_unknown, rows);
            }

            start = end;
            count++;
        }

        return count;
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Those(IEnumerable<KeyValuePair<string, int>> pieces, int skipped) =>
        pieces.ToDictionary(piece => piece.Key[skipped..], piece => piece.Value, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
