using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>How likely a message is of a kind, each from 0 to 1; what is left is "neither".</summary>
/// <param name="Acute">Danger now or soon.</param>
/// <param name="Concern">Distress, passive or past risk.</param>
public readonly record struct Risk(double Acute, double Concern)
{
    public double Any => Acute + Concern;

    /// <summary>What two parts of a message are together: the danger of the graver one, and what distress of either leaves room for.</summary>
    public Risk Or(Risk other)
    {
        var acute = Math.Max(Acute, other.Acute);
        return new Risk(acute, Math.Min(Math.Max(Any, other.Any), 1) - acute);
    }
}

/// <summary>
/// A small statistical model of crisis wording for what no rule foresaw: two judges that were trained apart, the other asked only where the first leaves
/// a doubt. Made by <c>tools/Bot.Training/teacher/student.py</c>. Immutable and thread-safe.
/// It never takes help away: see <see cref="CrisisScreen"/> and docs/adr/0009.
/// </summary>
public sealed class RiskModel
{
    private static readonly string[] Resources = ["risk-model.bin", "risk-model-second.bin"];

    /// <summary>The others are asked when the first judge sees this much danger and distress, and no more than this much danger.</summary>
    private const double DoubtFrom = 0.1;
    private const double DoubtTo = 0.9;

    /// <summary>Words of the longest message that the others are asked about: beyond, the time they take is dearer than what they add.</summary>
    private const int LongestAsked = 30;

    private readonly RiskJudge[] _judges;

    private RiskModel(RiskJudge[] judges) => _judges = judges;

    /// <summary>The day of the training of the judge that is always asked, as yyyy-MM-dd.</summary>
    public string TrainedOn => _judges[0].TrainedOn;

    /// <summary>How many labelled or ordinary messages that judge was trained with; the variants that the teacher judged are not counted.</summary>
    public int Messages => _judges[0].Messages;

    /// <summary>The model inside this assembly. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is damaged; the rules run without it.</summary>
    public static RiskModel Load() => new(Array.ConvertAll(Resources, name =>
    {
        using var stream = typeof(RiskModel).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not in the assembly.");
        return RiskJudge.Read(stream);
    }));

    /// <summary>Reads a model of one judge. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static RiskModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new RiskModel([RiskJudge.Read(stream)]);
    }

    /// <summary>The graver pieces of the message decide. No words, no risk.</summary>
    /// <param name="tokens">The words.</param>
    /// <param name="sentences">Its sentences, as numbers of words, when it has several: so that thanks or a question beside it do not talk danger away.</param>
    public Risk Judge(IReadOnlyList<Token> tokens, IReadOnlyList<Range>? sentences = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0)
        {
            return default;
        }

        var risk = _judges[0].Judge(tokens, sentences);
        if (risk.Any < DoubtFrom || risk.Acute > DoubtTo || tokens.Count > LongestAsked)
        {
            return risk;
        }

        var (acute, concern) = (risk.Acute, risk.Concern);
        foreach (var other in _judges.AsSpan(1))
        {
            var second = other.Judge(tokens, sentences);
            acute += second.Acute;
            concern += second.Concern;
        }

        return new Risk(acute / _judges.Length, concern / _judges.Length);
    }
}
