using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Bot.Core.Text;

/// <summary>Rows of small integers with a scale each: the vectors of words, or of letter runs by bucket. Immutable.</summary>
public sealed class EmbeddingTable
{
    private const int ShortestRun = 3;
    private const int LongestRun = 5;

    private readonly sbyte[] _rows;
    private readonly float[] _scales;

    private EmbeddingTable(int rows, int size, float[] scales, sbyte[] values)
    {
        Rows = rows;
        Size = size;
        _scales = scales;
        _rows = values;
    }

    public int Rows { get; }

    /// <summary>How many numbers a row has.</summary>
    public int Size { get; }

    /// <summary>Reads the scales (float32) and then the rows (int8), little-endian. Throws <see cref="EndOfStreamException"/> when there are too few.</summary>
    public static EmbeddingTable Read(BinaryReader reader, int rows, int size)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var scales = ReadFloats(reader, rows);
        var values = new sbyte[rows * size];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new EmbeddingTable(rows, size, scales, values);
    }

    /// <summary>Rounds vectors to such rows, of -127 to 127: a quarter of the memory to go through.</summary>
    /// <param name="vectors">One after the other.</param>
    /// <param name="size">How many numbers each has.</param>
    public static EmbeddingTable Of(ReadOnlySpan<float> vectors, int size)
    {
        var rows = vectors.Length / size;
        var (scales, values) = (new float[rows], new sbyte[vectors.Length]);
        for (var row = 0; row < rows; row++)
        {
            var vector = vectors.Slice(row * size, size);
            var largest = 0f;
            foreach (var number in vector)
            {
                largest = Math.Max(largest, Math.Abs(number));
            }

            var scale = largest > 0 ? largest / sbyte.MaxValue : 1;
            scales[row] = scale;
            for (var i = 0; i < size; i++)
            {
                values[row * size + i] = (sbyte)MathF.Round(vector[i] / scale);
            }
        }

        return new EmbeddingTable(rows, size, scales, values);
    }

    /// <summary>Numbers as they are in a model's file, float32 and little-endian.</summary>
    public static float[] ReadFloats(BinaryReader reader, int count)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var floats = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        return floats;
    }

    /// <summary>The words of a model's file, each ended by a NUL, with their row. Throws <see cref="InvalidDataException"/> when there are too few.</summary>
    public static Dictionary<string, int> ReadWords(BinaryReader reader, int count, int bytes)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = reader.ReadBytes(bytes);
        var words = new Dictionary<string, int>(count, StringComparer.Ordinal);
        var start = 0;
        for (var id = 0; id < count; id++)
        {
            var end = Array.IndexOf(text, (byte)0, Math.Min(start, text.Length));
            if (end < 0)
            {
                throw new InvalidDataException($"The model names {id} words where it should name {count}.");
            }

            words[Encoding.UTF8.GetString(text, start, end - start)] = id;
            start = end + 1;
        }

        return words;
    }

    /// <summary>Adds a row times a weight.</summary>
    public void AddRow(int row, float weight, Span<float> sum)
    {
        var values = _rows.AsSpan(row * Size, Size);
        weight *= _scales[row];
        var step = Vector<sbyte>.Count;
        var i = 0;
        for (; i + step <= values.Length; i += step)
        {
            Vector.Widen(new Vector<sbyte>(values[i..]), out var low, out var high);
            AddShorts(low, weight, sum[i..]);
            AddShorts(high, weight, sum[(i + step / 2)..]);
        }

        for (; i < values.Length; i++)
        {
            sum[i] += values[i] * weight;
        }
    }

    /// <summary>Adds the row of each run of three to five letters of a word, with a space at each end, by its bucket; the number of runs.</summary>
    public int AddRuns(string word, Span<float> sum)
    {
        ArgumentNullException.ThrowIfNull(word);
        var count = 0;
        for (var start = -1; start <= word.Length; start++)
        {
            var hash = Fnv.OfLetters;
            for (var length = 1; length <= LongestRun && start + length <= word.Length + 1; length++)
            {
                var position = start + length - 1;
                hash = Fnv.Add(hash, position < 0 || position >= word.Length ? ' ' : word[position]);
                if (length >= ShortestRun)
                {
                    AddRow(Fnv.ToBucket(hash, Rows), 1, sum);
                    count++;
                }
            }
        }

        return count;
    }

    private static void AddShorts(Vector<short> values, float weight, Span<float> sum)
    {
        Vector.Widen(values, out var low, out var high);
        (new Vector<float>(sum) + Vector.ConvertToSingle(low) * weight).CopyTo(sum);
        var rest = sum[Vector<float>.Count..];
        (new Vector<float>(rest) + Vector.ConvertToSingle(high) * weight).CopyTo(rest);
    }
}
