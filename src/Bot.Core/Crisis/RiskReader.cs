using System.Buffers;
using System.IO.Compression;
using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>What a <see cref="RiskReader"/> makes of a message.</summary>
/// <param name="Risk">How likely danger and distress are.</param>
/// <param name="Danger">What the danger is and whom it is about, if there is danger; null when it is not sure what.</param>
public sealed record RiskReading(Risk Risk, NamedDanger? Danger);

/// <summary>
/// The member of the <see cref="RiskModel"/> that reads a message as a whole: all-MiniLM-L6-v2, tuned on danger, with Spanish words beside its own pieces.
/// It takes a hundred times as long as a <see cref="RiskJudge"/>, so it is asked about doubts only. Made by
/// <c>tools/Bot.Training/teacher/reader.py</c>. Immutable and thread-safe.
/// </summary>
internal sealed class RiskReader
{
    private const string Magic = "READ1";
    private const int MagicLength = 8;
    private const int DateLength = 10;

    /// <summary>What the last layers tell apart: none, distress and danger; the writer and someone else.</summary>
    private const int Levels = 3;
    private const int Concern = 1;
    private const int Acute = 2;
    private const int Persons = 2;
    private const int SomeoneElse = 1;

    /// <summary>On average, beginning, end and marks counted too. Messages take 1.3, letters struck at random about three.</summary>
    private const int MostPiecesOfAWord = 2;

    private readonly WordPieces _pieces;
    private readonly EmbeddingTable _rows;
    private readonly float[] _places;
    private readonly LayerNorm _norm;
    private readonly TransformerLayer[] _layers;
    private readonly Head _levels;
    private readonly string[] _categoryNames;
    private readonly Head _categories;
    private readonly Head _persons;

    private RiskReader(BinaryReader reader)
    {
        TrainedOn = Encoding.ASCII.GetString(reader.ReadBytes(DateLength));
        var (pieces, spanish, size, heads) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var (layers, units, longest) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (Array.Exists([pieces, heads, layers, longest], count => count <= 0) || Array.Exists([size, units], count => count <= 0 || count % SmallWeights.UnitsAtOnce != 0) || size % (8 * heads) != 0 || spanish < 0)
        {
            throw new InvalidDataException(
                $"This reader cannot be used: {pieces} pieces, {spanish} Spanish words, {layers} layers of {size} numbers, {units} units and {heads} heads, {longest} places. Make it again.");
        }

        var known = EmbeddingTable.ReadWords(reader, pieces, reader.ReadInt32());
        _pieces = new WordPieces(known, EmbeddingTable.ReadWords(reader, spanish, reader.ReadInt32()).ToDictionary(word => word.Key, word => pieces + word.Value, StringComparer.Ordinal));
        _rows = EmbeddingTable.Read(reader, pieces + spanish, size);
        _places = EmbeddingTable.ReadFloats(reader, longest * size);
        _norm = new LayerNorm(reader, size);
        _layers = [.. Enumerable.Range(0, layers).Select(_ => new TransformerLayer(reader, size, heads, units))];
        _levels = new Head(reader, size, Levels);
        _categoryNames = [.. EmbeddingTable.ReadWords(reader, reader.ReadInt32(), reader.ReadInt32()).OrderBy(category => category.Value).Select(category => category.Key)];
        _categories = new Head(reader, size, _categoryNames.Length);
        _persons = new Head(reader, size, Persons);
    }

    /// <summary>The day it was trained on, as yyyy-MM-dd.</summary>
    public string TrainedOn { get; }

    /// <summary>Reads one from its file. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static RiskReader Read(Stream stream)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        if (stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false) < MagicLength || Encoding.ASCII.GetString(magic).TrimEnd('\0') != Magic)
        {
            throw new InvalidDataException($"This is no reader of risk: it does not begin with {Magic}.");
        }

        using var reader = new BinaryReader(new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true));
        return new RiskReader(reader);
    }

    /// <summary>What the message says as a whole, of a very long one what it begins with; null when its letters make no words, of which it would say anything.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words.</param>
    public RiskReading? Read(string text, IReadOnlyList<Token> tokens)
    {
        Span<float> meaning = stackalloc float[_rows.Size];
        if (!TryRead(text, tokens, meaning))
        {
            return null;
        }

        Span<double> levels = stackalloc double[_levels.Classes];
        _levels.Weigh(meaning, levels);
        Span<double> categories = stackalloc double[_categories.Classes];
        _categories.Weigh(meaning, categories);
        Span<double> persons = stackalloc double[_persons.Classes];
        _persons.Weigh(meaning, persons);
        return new RiskReading(new Risk(levels[Acute], levels[Concern]), NamedDanger.Of(_categoryNames, categories, persons[SomeoneElse] > persons[0]));
    }

    /// <summary>Writes the mean of what the last layer makes of the pieces.</summary>
    private bool TryRead(string text, IReadOnlyList<Token> tokens, Span<float> meaning)
    {
        var size = _rows.Size;
        Span<int> rows = stackalloc int[_places.Length / size];
        var count = _pieces.Split(MarkedWords.Of(text, tokens), StopWords.GuessLanguage(tokens) == "es", rows);
        if (count > MostPiecesOfAWord * tokens.Count)
        {
            return false;
        }

        var rented = ArrayPool<float>.Shared.Rent(count * size);
        var vectors = rented.AsSpan(0, count * size);
        vectors.Clear();
        for (var i = 0; i < count; i++)
        {
            _rows.AddRow(rows[i], 1, vectors.Slice(i * size, size));
        }

        _norm.Add(_places.AsSpan(0, vectors.Length), vectors);
        foreach (var layer in _layers)
        {
            layer.Apply(vectors, count);
        }

        meaning.Clear();
        for (var i = 0; i < count; i++)
        {
            Vectors.AddScaled(vectors.Slice(i * size, size), 1f / count, meaning);
        }

        ArrayPool<float>.Shared.Return(rented);
        return true;
    }

    /// <summary>A last layer without units of its own: what of several classes a message is. Immutable.</summary>
    private sealed class Head(BinaryReader reader, int size, int classes)
    {
        private readonly float[] _weights = EmbeddingTable.ReadFloats(reader, classes * size);
        private readonly float[] _biases = EmbeddingTable.ReadFloats(reader, classes);

        public int Classes => _biases.Length;

        /// <summary>Writes how likely each class is.</summary>
        public void Weigh(ReadOnlySpan<float> meaning, Span<double> shares)
        {
            var all = 0.0;
            for (var kind = 0; kind < shares.Length; kind++)
            {
                shares[kind] = Math.Exp(_biases[kind] + Vectors.Dot(_weights.AsSpan(kind * meaning.Length, meaning.Length), meaning));
                all += shares[kind];
            }

            for (var kind = 0; kind < shares.Length; kind++)
            {
                shares[kind] /= all;
            }
        }
    }
}
