using System.Runtime.InteropServices;
using System.Text;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>How likely a message is of a kind, each from 0 to 1; what is left is "neither".</summary>
/// <param name="Acute">Danger now or soon.</param>
/// <param name="Concern">Distress, passive or past risk.</param>
public readonly record struct Risk(double Acute, double Concern)
{
    public double Any => Acute + Concern;
}

/// <summary>
/// A small statistical model of crisis wording for what no rule foresaw: logistic regression over letters and words, made by <c>tools/Bot.Training</c>.
/// It never takes help away: see <see cref="CrisisScreen"/> and docs/adr/0009.
/// </summary>
public sealed class RiskModel
{
    private const string Resource = "risk-model.bin";
    private const string Magic = "RISK1";
    private const int Classes = 2;

    /// <summary>A long message is judged piece by piece, since one clause may matter.</summary>
    private const int WindowLength = 24;

    private const int WindowStep = 12;

    private readonly sbyte[] _weights;
    private readonly float _scale;
    private readonly float _acuteBias;
    private readonly float _concernBias;

    private RiskModel(string trainedOn, int messages, float scale, float acuteBias, float concernBias, sbyte[] weights)
    {
        TrainedOn = trainedOn;
        Messages = messages;
        _scale = scale;
        _acuteBias = acuteBias;
        _concernBias = concernBias;
        _weights = weights;
    }

    /// <summary>The day of the training, as yyyy-MM-dd.</summary>
    public string TrainedOn { get; }

    /// <summary>How many messages it was trained with.</summary>
    public int Messages { get; }

    /// <summary>The model inside this assembly. Throws <see cref="InvalidDataException"/> when it is damaged; the rules run without it.</summary>
    public static RiskModel Load()
    {
        using var stream = typeof(RiskModel).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidDataException($"{Resource} is not in the assembly.");
        return Read(stream);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RiskModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadString() != Magic)
        {
            throw new InvalidDataException($"This is no risk model: it does not begin with {Magic}.");
        }

        var (trainedOn, messages, scale, acuteBias, concernBias) = (reader.ReadString(), reader.ReadInt32(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
        var weights = new sbyte[RiskFeatures.Buckets * Classes];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new RiskModel(trainedOn, messages, scale, acuteBias, concernBias, weights);
    }

    /// <summary>Writes a model from its weights: two to a bucket, acute first.</summary>
    public static void Write(Stream stream, string trainedOn, int messages, float acuteBias, float concernBias, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var largest = 1e-6f;
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        var scale = largest / sbyte.MaxValue;
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(trainedOn);
        writer.Write(messages);
        writer.Write(scale);
        writer.Write(acuteBias);
        writer.Write(concernBias);
        foreach (var weight in weights)
        {
            writer.Write((sbyte)MathF.Round(weight / scale));
        }
    }

    /// <summary>The gravest piece of the message decides.</summary>
    public Risk Judge(IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Token[] words = [.. tokens];
        var gravest = default(Risk);
        for (var start = 0; start == 0 || start + WindowLength - WindowStep < words.Length; start += WindowStep)
        {
            var risk = JudgePiece(words.AsSpan(start, Math.Min(WindowLength, words.Length - start)));
            gravest = risk.Any > gravest.Any ? risk : gravest;
        }

        return gravest;
    }

    private Risk JudgePiece(ReadOnlySpan<Token> words)
    {
        var sum = new Sum(_weights);
        RiskFeatures.Visit(words, ref sum, static (ref Sum state, int bucket, float weight) => state.Add(bucket, weight));
        var acute = Math.Exp(_acuteBias + _scale * sum.Acute);
        var concern = Math.Exp(_concernBias + _scale * sum.Concern);
        var all = 1 + acute + concern;
        return new Risk(acute / all, concern / all);
    }

    private struct Sum(sbyte[] weights)
    {
        public float Acute { get; private set; }

        public float Concern { get; private set; }

        public void Add(int bucket, float weight)
        {
            Acute += weights[bucket * Classes] * weight;
            Concern += weights[bucket * Classes + 1] * weight;
        }
    }
}
