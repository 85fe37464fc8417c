using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Bot.Onnx.Tests;

/// <summary>
/// A model of one step, written as ONNX by hand: it looks up a vector for each token. Words of one line of the vocabulary share a vector, so
/// that "speeds" and "stimulant" mean the same to it, and every other word something of its own.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    public const int Size = 64;

    private const int Float = 1;
    private const int Int64 = 7;

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public TinyModel(params string[][] synonyms)
    {
        Folder = Directory.CreateTempSubdirectory("tiny-model-").FullName;
        var random = new Random(7);
        var table = new List<float[]>();
        table.AddRange(Special.Select(_ => new float[Size]));
        foreach (var group in synonyms)
        {
            var vector = Enumerable.Range(0, Size).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
            table.AddRange(group.Select(_ => vector));
        }

        File.WriteAllLines(Tokenizer, Special.Concat(synonyms.SelectMany(group => group)));
        File.WriteAllBytes(Model, Write([.. table.SelectMany(row => row)], table.Count));
    }

    public string Folder { get; }

    public string Model => Path.Combine(Folder, "model.onnx");

    public string Tokenizer => Path.Combine(Folder, "vocab.txt");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static byte[] Write(float[] table, int rows)
    {
        var tensor = Message(output => Dims(output, rows, Size).Number(2, Float).Text(8, "table").Bytes(9, MemoryMarshal.AsBytes(table.AsSpan()).ToArray()));
        var node = Message(output => output.Text(1, "table").Text(1, "input_ids").Text(2, "last_hidden_state").Text(4, "Gather"));
        var graph = Message(output => output.Bytes(1, node).Text(2, "tiny").Bytes(5, tensor)
            .Bytes(11, Value("input_ids", Int64, "one", "tokens")).Bytes(12, Value("last_hidden_state", Float, "one", "tokens", "size")));
        return Message(output => output.Number(1, 8).Bytes(7, graph).Bytes(8, Message(opset => opset.Number(2, 13))));
    }

    private static byte[] Value(string name, int type, params string[] dimensions)
    {
        var shape = Message(output => Array.ForEach(dimensions, dimension => output.Bytes(1, Message(inner => inner.Text(2, dimension)))));
        var tensor = Message(output => output.Number(1, type).Bytes(2, shape));
        return Message(output => output.Text(1, name).Bytes(2, Message(inner => inner.Bytes(1, tensor))));
    }

    private static Writer Dims(Writer output, params int[] dimensions)
    {
        Array.ForEach(dimensions, dimension => output.Number(1, dimension));
        return output;
    }

    private static byte[] Message(Action<Writer> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(new Writer(output));
        }

        return stream.ToArray();
    }

    private sealed class Writer(CodedOutputStream output)
    {
        public Writer Number(int field, long value)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
            return this;
        }

        public Writer Text(int field, string value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
            return this;
        }

        public Writer Bytes(int field, byte[] value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(value));
            return this;
        }
    }
}
