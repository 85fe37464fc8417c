using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Bot.Core.Content;

namespace Bot.Core.Reviews;

/// <summary>Every text with its signature, as one immutable snapshot.</summary>
public sealed class ReviewBook
{
    public const string Path = "dialogs/sign-offs.yml";

    private const string Heading =
        """
        # Who signed which text, when, and until when. Written by: dotnet run --project src/Bot.Server -- sign ID --reviewer "NAME"
        # The hash is of the text as it was signed: a text that was edited since counts as unreviewed. Earlier signatures are in the history of this file.

        """;

    private readonly FrozenDictionary<string, SignOff> _signOffs;
    private readonly FrozenDictionary<string, ReviewableText> _byId;

    public ReviewBook(IReadOnlyList<ReviewableText> texts, IEnumerable<SignOff> signOffs)
    {
        Texts = texts;
        _byId = texts.ToFrozenDictionary(text => text.Id, StringComparer.Ordinal);
        _signOffs = signOffs.ToFrozenDictionary(signOff => signOff.TextId, StringComparer.Ordinal);
    }

    public static ReviewBook Empty { get; } = new([], []);

    /// <summary>Every text, drafts that are off among them.</summary>
    public IReadOnlyList<ReviewableText> Texts { get; }

    /// <summary>The texts that people may be shown.</summary>
    public IEnumerable<ReviewableText> Shown => Texts.Where(text => !text.IsDraft);

    /// <summary>Signatures under texts that are gone.</summary>
    public IEnumerable<SignOff> Orphans => _signOffs.Values.Where(signOff => !_byId.ContainsKey(signOff.TextId)).OrderBy(signOff => signOff.TextId, StringComparer.Ordinal);

    public ReviewableText? Find(string textId) => _byId.GetValueOrDefault(textId);

    /// <summary>The signature under a text, whatever it is worth today; or null.</summary>
    public SignOff? SignOffOf(string textId) => _signOffs.GetValueOrDefault(textId);

    public ReviewState StateOf(string textId, DateOnly today) =>
        _byId.TryGetValue(textId, out var text) ? StateOf(text, SignOffOf(textId), today) : ReviewState.Unreviewed;

    /// <summary>The shown texts that nobody has signed as they are now. Expired ones were signed, and are not among them.</summary>
    public IEnumerable<ReviewableText> Unreviewed => Shown.Where(text => StateOf(text, SignOffOf(text.Id), DateOnly.MinValue) is not ReviewState.Reviewed);

    public IEnumerable<ReviewableText> ExpiredOn(DateOnly today) => Texts.Where(text => StateOf(text.Id, today) == ReviewState.Expired);

    public static ReviewState StateOf(ReviewableText text, SignOff? signOff, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        return signOff is null ? ReviewState.Unreviewed
            : signOff.Hash != text.Hash ? ReviewState.Changed
            : today >= signOff.ExpiresOn ? ReviewState.Expired
            : ReviewState.Reviewed;
    }

    /// <summary>Reads the signatures, and reports every line that is none.</summary>
    public static IReadOnlyList<SignOff> ReadSignOffs(string file, string text, ICollection<ContentProblem> problems)
    {
        var signOffs = new List<SignOff>();
        if (YamlFile.Parse(file, text, problems)?.Root is not { } root)
        {
            return signOffs;
        }

        root.AllowOnly("signOffs");
        var list = root.Required("signOffs");
        foreach (var item in list is { IsEmpty: false } ? list.Items : [])
        {
            item.AllowOnly("text", "hash", "reviewer", "signedOn", "expiresOn");
            var signOff = new SignOff(item.RequiredText("text"), item.RequiredText("hash"), item.RequiredText("reviewer"), DateOf(item, "signedOn"), DateOf(item, "expiresOn")) { Line = item.Line };
            if (signOff.ExpiresOn <= signOff.SignedOn)
            {
                item.Report($"'{signOff.TextId}' expires on {Write(signOff.ExpiresOn)}, not after the day it was signed ({Write(signOff.SignedOn)}). Correct one of the two.");
            }

            if (signOffs.Find(other => other.TextId == signOff.TextId) is { } other)
            {
                item.Report($"'{signOff.TextId}' is already signed in line {other.Line}. Delete one of the two.");
            }
            else
            {
                signOffs.Add(signOff);
            }
        }

        return signOffs;
    }

    /// <summary>The file with these signatures, sorted by text.</summary>
    public static string Write(IEnumerable<SignOff> signOffs)
    {
        ArgumentNullException.ThrowIfNull(signOffs);
        var yaml = new StringBuilder(Heading).Append("signOffs:");
        var count = 0;
        foreach (var signOff in signOffs.OrderBy(signOff => signOff.TextId, StringComparer.Ordinal))
        {
            yaml.Append('\n').Append("  - { text: ").Append(signOff.TextId)
                .Append(", hash: \"").Append(signOff.Hash)
                .Append("\", reviewer: \"").Append(signOff.Reviewer.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\", signedOn: ").Append(Write(signOff.SignedOn))
                .Append(", expiresOn: ").Append(Write(signOff.ExpiresOn)).Append(" }");
            count++;
        }

        return yaml.Append(count == 0 ? " []\n" : "\n").ToString();
    }

    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly DateOf(YamlValue item, string name)
    {
        if (item.Required(name) is not { } value)
        {
            return DateOnly.MinValue;
        }

        if (!DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            value.Report($"'{value.Text}' is not a date. Write yyyy-MM-dd.");
        }

        return date;
    }
}
