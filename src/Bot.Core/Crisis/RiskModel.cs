using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>How likely a message is of a kind, each from 0 to 1; what is left is "neither".</summary>
/// <param name="Acute">Danger now or soon.</param>
/// <param name="Concern">Distress, passive or past risk.</param>
public readonly record struct Risk(double Acute, double Concern)
{
    /// <summary>The smallest probability that is told from none.</summary>
    private const double Smallest = 1e-4;

    public double Any => Acute + Concern;

    /// <summary>What two parts of a message are together: the danger of the graver one, and what distress of either leaves room for.</summary>
    public Risk Or(Risk other)
    {
        var acute = Math.Max(Acute, other.Acute);
        return new Risk(acute, Math.Min(Math.Max(Any, other.Any), 1) - acute);
    }

    /// <summary>The judgement between two: the mean of their log-odds, so that one that is sure counts more than one that is not.</summary>
    /// <param name="other">The other judgement.</param>
    /// <param name="share">What the other counts, from 0 to 1.</param>
    public Risk Toward(Risk other, double share)
    {
        var acute = Between(Acute, other.Acute, share);
        var concern = Between(Concern, other.Concern, share);
        var all = acute + concern + Between(1 - Any, 1 - other.Any, share);
        return new Risk(acute / all, concern / all);
    }

    private static double Between(double one, double other, double share) =>
        Math.Pow(Math.Max(one, Smallest), 1 - share) * Math.Pow(Math.Max(other, Smallest), share);
}

/// <summary>What the <see cref="RiskModel"/> makes of a message.</summary>
/// <param name="Risk">How likely danger and distress are.</param>
/// <param name="Reading">What the reader made of it; null when it was not asked.</param>
public readonly record struct RiskJudgement(Risk Risk, RiskReading? Reading);

/// <summary>
/// A statistical model of crisis wording for what no rule foresaw: a judge that is always asked and takes microseconds, and a reader that takes
/// a millisecond or two, asked only where the judge leaves a doubt. Immutable and thread-safe.
/// It never takes help away: see <see cref="CrisisScreen"/> and docs/adr/0009.
/// </summary>
public sealed class RiskModel
{
    /// <summary>The reader is asked when the judge sees this much danger and distress, and no more than this much danger.</summary>
    private const double DoubtFrom = 0.02;
    private const double DoubtTo = 0.97;

    /// <summary>What the reader's judgement counts beside the judge's, from 0 to 1.</summary>
    private const double ReaderShare = 0.95;

    /// <summary>Words of the longest message that the reader is asked about: it has learned from no longer ones, and its time grows with their number.</summary>
    private const int LongestRead = 60;

    /// <summary>Letters in a row that may be several words without the spaces between.</summary>
    private const int ShortestGlued = 9;

    private readonly RiskJudge _judge;
    private readonly RiskReader? _reader;

    private RiskModel(RiskJudge judge, RiskReader? reader) => (_judge, _reader) = (judge, reader);

    /// <summary>The day of the training of the judge, as yyyy-MM-dd.</summary>
    public string TrainedOn => _judge.TrainedOn;

    /// <summary>How many labelled or ordinary messages the judge was trained with; the variants that the teacher judged are not counted.</summary>
    public int Messages => _judge.Messages;

    /// <summary>The day of the training of the reader, as yyyy-MM-dd; null of a model without one.</summary>
    public string? ReaderTrainedOn => _reader?.TrainedOn;

    /// <summary>The model inside this assembly. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is damaged; the rules run without it.</summary>
    public static RiskModel Load()
    {
        using var judge = Resource("risk-model.bin");
        using var reader = Resource("risk-reader.bin");
        return new RiskModel(RiskJudge.Read(judge), RiskReader.Read(reader));
    }

    /// <summary>Reads a model of a judge alone. Throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when it is none.</summary>
    public static RiskModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new RiskModel(RiskJudge.Read(stream), null);
    }

    /// <summary>How likely danger and distress are. No words, no risk.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words, or the first of them.</param>
    /// <param name="sentences">Its sentences, as numbers of words, when it has several: so that thanks or a question beside it do not talk danger away.</param>
    public RiskJudgement Judge(string text, IReadOnlyList<Token> tokens, IReadOnlyList<Range>? sentences = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0)
        {
            return default;
        }

        var risk = _judge.Judge(tokens, sentences);
        var isDoubtful = risk.Any >= DoubtFrom && risk.Acute <= DoubtTo && tokens.Count <= LongestRead;
        if (!isDoubtful || _reader is null)
        {
            return new(risk, null);
        }

        if (_reader.Read(text, tokens) is { } reading)
        {
            return new(risk.Toward(reading.Risk, ReaderShare), reading);
        }

        // Where the reader sees no words ("asdf qwer zxcv"), the judge has only letters to go by: its doubt is a reason to offer help, not to name 911.
        // Long ones may be words without their spaces ("iwannadie2nite"), of which the judge knows more.
        return new(tokens.All(token => token.Text.Length < ShortestGlued) ? new Risk(0, risk.Any) : risk, null);
    }

    /// <summary>What a danger is that no rule has named, and whom it is about; null when the reader is not sure. Without a doubt it was not read yet.</summary>
    /// <param name="judgement">What was made of the same message.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="tokens">Its words, or the first of them.</param>
    public NamedDanger? Name(RiskJudgement judgement, string text, IReadOnlyList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tokens);
        var reading = judgement.Reading ?? (tokens.Count is 0 or > LongestRead ? null : _reader?.Read(text, tokens));
        return reading?.Danger;
    }

    private static Stream Resource(string name) =>
        typeof(RiskModel).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not in the assembly.");
}
