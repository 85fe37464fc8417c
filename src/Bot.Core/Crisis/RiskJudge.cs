using System.Buffers;
using System.IO.Compression;
using System.Runtime.Intrinsics;
using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// One member of the <see cref="RiskModel"/>: a convolution over the vectors of three words at a time, whose strongest and average answers are weighed.
/// Where that leaves a doubt, a second convolution over the answers of the first looks again. Immutable and thread-safe.
/// </summary>
internal sealed class RiskJudge
{
    private const string Magic = "RISK4";
    private const int MagicLength = 8;
    private const int DateLength = 10;

    /// <summary>A very long message is judged in pieces of two blocks, which is what the training has seen; a block is part of two pieces.</summary>
    private const int BlockLength = 30;

    /// <summary>A sentence by itself counts when danger is likelier than not: without the others it says less.</summary>
    private const double SentenceCountsFrom = 0.5;

    /// <summary>
    /// No second look when the first sees this little danger and distress, or this much danger; after so much danger the rest of a long message is not
    /// read either, since nothing graver would change the reply. What a second look may still calm must not keep the rest from being read.
    /// </summary>
    private const double NoDoubtBelow = 0.02;
    private const double NoDoubtAbove = 0.98;

    private readonly Dictionary<string, int> _words;
    private readonly EmbeddingTable _wordVectors;
    private readonly EmbeddingTable _runRows;
    private readonly int _size;
    private readonly Convolution _first;
    private readonly RiskHead _firstHead;
    private readonly Convolution _second;
    private readonly RiskHead _secondHead;

    private RiskJudge(BinaryReader reader)
    {
        TrainedOn = Encoding.ASCII.GetString(reader.ReadBytes(DateLength));
        Messages = reader.ReadInt32();
        var words = reader.ReadInt32();
        _size = reader.ReadInt32();
        var buckets = reader.ReadInt32();
        var (filters, hidden) = (reader.ReadInt32(), reader.ReadInt32());
        var (secondFilters, secondHidden) = (reader.ReadInt32(), reader.ReadInt32());
        if (Array.Exists([filters, hidden, secondFilters, secondHidden], count => count <= 0 || count % SmallWeights.UnitsAtOnce != 0) || _size <= 0 || _size % 2 != 0 || words < 0 || buckets <= 0 || (buckets & (buckets - 1)) != 0)
        {
            throw new InvalidDataException(
                $"This risk model cannot be used: {filters} and {secondFilters} filters, {hidden} and {secondHidden} hidden units, {_size} numbers a word, {buckets} buckets. Train it again.");
        }

        _words = EmbeddingTable.ReadWords(reader, words, reader.ReadInt32());
        var wordRows = EmbeddingTable.Read(reader, words, _size);
        _runRows = EmbeddingTable.Read(reader, buckets, _size);
        _wordVectors = AddUp(wordRows);
        _first = new Convolution(reader, _size, filters);
        _firstHead = new RiskHead(reader, 2 * filters, hidden);
        _second = new Convolution(reader, filters, secondFilters);
        _secondHead = new RiskHead(reader, 2 * (filters + secondFilters), secondHidden);
    }

    public string TrainedOn { get; }

    public int Messages { get; }

    /// <summary>Reads one from a model's file. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static RiskJudge Read(Stream stream)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        if (stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false) < MagicLength || Encoding.ASCII.GetString(magic).TrimEnd('\0') != Magic)
        {
            throw new InvalidDataException($"This is no risk model: it does not begin with {Magic}.");
        }

        using var reader = new BinaryReader(new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true));
        return new RiskJudge(reader);
    }

    /// <summary>The graver pieces of the message decide.</summary>
    /// <param name="tokens">The words, at least one.</param>
    /// <param name="sentences">Its sentences, as numbers of words, when it has several.</param>
    public Risk Judge(IReadOnlyList<Token> tokens, IReadOnlyList<Range>? sentences)
    {
        var vectors = ArrayPool<float>.Shared.Rent(tokens.Count * _size);
        var inputs = ArrayPool<short>.Shared.Rent(Convolution.InputLength(tokens.Count, _size));
        var answers = ArrayPool<float>.Shared.Rent(tokens.Count * _first.Filters);
        for (var i = 0; i < tokens.Count; i++)
        {
            Embed(tokens[i].Text, vectors.AsSpan(i * _size, _size));
        }

        var scale = Surround(vectors.AsSpan(0, tokens.Count * _size), inputs, _size);
        var risk = JudgePieces(inputs, scale, answers, tokens.Count);
        if (sentences is not null && risk.Acute <= NoDoubtAbove)
        {
            var gravest = JudgeSentences(answers, sentences, tokens.Count);
            risk = gravest.Acute >= SentenceCountsFrom ? risk.Or(gravest) : risk;
        }

        ArrayPool<float>.Shared.Return(vectors);
        ArrayPool<short>.Shared.Return(inputs);
        ArrayPool<float>.Shared.Return(answers);
        return risk;
    }

    /// <param name="inputs">The words' vectors.</param>
    /// <param name="scale">What an input of 1 stands for.</param>
    /// <param name="answers">Gets what the filters of the first look answer.</param>
    /// <param name="words">How many words there are.</param>
    private Risk JudgePieces(ReadOnlySpan<short> inputs, float scale, Span<float> answers, int words)
    {
        var filters = _first.Filters;
        Span<float> pool = stackalloc float[2 * filters];
        var (gravest, others) = (default(Risk), default(Risk));
        var (from, to) = (0, 0);
        for (var start = 0; start < words; start += BlockLength)
        {
            var end = Math.Min(start + BlockLength, words);
            _first.Apply(inputs[(start * _size)..], scale, answers[(start * filters)..], end - start);
            if (start == 0 && end < words)
            {
                continue;
            }

            var first = Math.Max(0, start - BlockLength);
            Pool(answers[(first * filters)..(end * filters)], pool, end - first);
            var risk = _firstHead.Weigh(pool);
            if (to == 0 || risk.Acute > gravest.Acute)
            {
                (risk, gravest) = (gravest, risk);
                (from, to) = (first, end);
            }

            others = others.Or(risk);
            if (gravest.Acute > NoDoubtAbove)
            {
                break;
            }
        }

        return others.Or(LookAgain(gravest, answers[(from * filters)..(to * filters)], to - from));
    }

    /// <summary>The gravest sentence by itself. One longer than a piece has been judged in pieces.</summary>
    private Risk JudgeSentences(ReadOnlySpan<float> answers, IReadOnlyList<Range> sentences, int words)
    {
        var filters = _first.Filters;
        Span<float> pool = stackalloc float[2 * filters];
        var (gravest, from, count) = (default(Risk), 0, 0);
        foreach (var sentence in sentences)
        {
            var (start, length) = sentence.GetOffsetAndLength(words);
            if (length > 2 * BlockLength)
            {
                continue;
            }

            Pool(answers.Slice(start * filters, length * filters), pool, length);
            var risk = _firstHead.Weigh(pool);
            if (count == 0 || risk.Acute > gravest.Acute)
            {
                (gravest, from, count) = (risk, start, length);
            }
        }

        return count == 0 ? default : LookAgain(gravest, answers.Slice(from * filters, count * filters), count);
    }

    /// <summary>What the second convolution makes of one piece, where the first left a doubt.</summary>
    private Risk LookAgain(Risk first, ReadOnlySpan<float> answers, int words)
    {
        if (first.Any < NoDoubtBelow || first.Acute > NoDoubtAbove)
        {
            return first;
        }

        var filters = _first.Filters;
        var inputs = ArrayPool<short>.Shared.Rent(Convolution.InputLength(words, filters));
        var scale = Surround(answers, inputs, filters);
        Span<float> outputs = stackalloc float[2 * BlockLength * _second.Filters];
        _second.Apply(inputs, scale, outputs, words);
        ArrayPool<short>.Shared.Return(inputs);

        Span<float> pools = stackalloc float[2 * (filters + _second.Filters)];
        Pool(answers, pools[..(2 * filters)], words);
        Pool(outputs[..(words * _second.Filters)], pools[(2 * filters)..], words);
        return _secondHead.Weigh(pools);
    }

    /// <summary>Rounds the vectors of words, with an empty one before them and empty ones after; what one stands for.</summary>
    private static float Surround(ReadOnlySpan<float> vectors, Span<short> inputs, int size)
    {
        inputs[..size].Clear();
        inputs[(size + vectors.Length)..].Clear();
        return SmallWeights.Round(vectors, inputs[size..]);
    }

    /// <summary>The vectors of all known words, added up once: their own rows, and the averages of those of their letter runs.</summary>
    private EmbeddingTable AddUp(EmbeddingTable wordRows)
    {
        var vectors = new float[wordRows.Rows * _size];
        foreach (var (word, row) in _words)
        {
            var vector = vectors.AsSpan(row * _size, _size);
            AddLetters(word, vector);
            wordRows.AddRow(row, 1, vector);
        }

        return EmbeddingTable.Of(vectors, _size);
    }

    /// <summary>Writes the vector of a word. Of one that is not known the letters tell.</summary>
    private void Embed(string word, Span<float> vector)
    {
        vector.Clear();
        if (_words.TryGetValue(word, out var row))
        {
            _wordVectors.AddRow(row, 1, vector);
        }
        else
        {
            AddLetters(word, vector);
        }
    }

    private void AddLetters(string word, Span<float> vector)
    {
        var runs = _runRows.AddRuns(word, vector);
        Vectors.Scale(vector, 1f / Math.Max(1, runs));
    }

    /// <summary>The first half of a pool gets each filter's strongest answer, the second their average.</summary>
    private static void Pool(ReadOnlySpan<float> answers, Span<float> pool, int words)
    {
        var filters = pool.Length / 2;
        var share = Vector256.Create(1f / words);
        for (var filter = 0; filter < filters; filter += 8)
        {
            var (strongest, sum) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var at = filter; at < answers.Length; at += filters)
            {
                var answer = Vector256.Create(answers[at..]);
                strongest = Vector256.Max(strongest, answer);
                sum += answer;
            }

            strongest.CopyTo(pool[filter..]);
            (sum * share).CopyTo(pool[(filters + filter)..]);
        }
    }
}
