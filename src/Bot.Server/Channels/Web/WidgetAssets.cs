using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Core.Crisis;
using Bot.Core.Escalations;
using Bot.Core.Turns;

namespace Bot.Server.Channels.Web;

/// <summary>
/// The widget's two scripts: the launcher with the numbers inside, and the chat, joined from its modules. Comments and indentation are left out,
/// both are compressed once, and their address changes with what is in them.
/// </summary>
/// <param name="contentSource">Where the numbers are.</param>
/// <param name="webRoot">The folder <c>web</c>.</param>
/// <param name="desk">Whether anybody calls back.</param>
public sealed class WidgetAssets(IBotContentSource contentSource, string webRoot, EscalationDesk desk)
{
    public const string Loader = "loader.js";
    public const string Panel = "panel.js";

    private const string FilesPlace = "/*files*/'widget/0/'/*files*/";
    private const string HelpPlace = "/*help*/{ country: '', lines: { en: [], es: [] }, outside: {} }/*help*/";
    private const string DetailsPlace = "/*details*/{}/*details*/";
    private const string CallsPlace = "/*calls*/null/*calls*/";

    /// <summary>The chat's modules, each after those it imports.</summary>
    private static readonly string[] Modules = ["connection.js", "leave.js", "strings.js", "style.js", "text.js", Panel];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement), DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private readonly ConcurrentDictionary<string, WidgetVersion> _versions = new(StringComparer.Ordinal);

    /// <summary>The scripts as they are now: they follow the content and the files.</summary>
    public WidgetVersion Current
    {
        get
        {
            var content = contentSource.Current;
            var written = Modules.Append(Loader).Max(name => File.GetLastWriteTimeUtc(PathOf(name)));
            var key = $"{content.Version} {content.Helplines.Centre.Id} {written.Ticks}";
            if (!_versions.TryGetValue(key, out var version))
            {
                _versions.Clear();
                _versions[key] = version = Make(content);
            }

            return version;
        }
    }

    /// <summary>One script out of modules that import each other by name: their imports and all exports but the last module's are taken out.</summary>
    internal static string Join(IEnumerable<string> modules)
    {
        var texts = modules.ToList();
        return string.Join('\n', texts.Select((text, i) => Shorten(string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith("import ", StringComparison.Ordinal))
            .Select(line => i < texts.Count - 1 && line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..] : line)))));
    }

    /// <summary>Without indentation, empty lines and the lines that are comments as a whole.</summary>
    internal static string Shorten(string script)
    {
        var lines = new List<string>();
        var isComment = false;
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()))
        {
            isComment = isComment || line.StartsWith("/**", StringComparison.Ordinal) && !line.Contains("*/ ", StringComparison.Ordinal);
            if (!isComment && line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            {
                lines.Add(line);
            }

            isComment = isComment && !line.EndsWith("*/", StringComparison.Ordinal);
        }

        return string.Join('\n', lines);
    }

    private WidgetVersion Make(BotContent content)
    {
        var languages = content.Handoffs.Keys.Order(StringComparer.Ordinal).ToList();
        Helpline[] all = [content.Helplines.Emergency, content.Helplines.CrisisLine, content.Helplines.Centre];
        var help = JsonSerializer.Serialize(
            new
            {
                country = content.Helplines.Emergency.Country,
                lines = languages.ToDictionary(language => language, language => all.Select(line => ShortOf(line, language, line == content.Helplines.Centre))),
                outside = languages.ToDictionary(language => language, content.Helplines.Outside.In),
            },
            Json);
        var details = JsonSerializer.Serialize(languages.ToDictionary(language => language, language => all.Select(line => new { text = $"{line.Purpose.In(language)} ({line.AnsweredBy.In(language)}; {line.HoursIn(language)})", chat = line.Chat })), Json);
        var calls = desk.IsOffered ? JsonSerializer.Serialize(languages.ToDictionary(language => language, language => content.RepliesIn(language).Callback["ask"]), Json) : "null";
        var panel = Join(Modules.Select(Read)).Replace(DetailsPlace, details, StringComparison.Ordinal).Replace(CallsPlace, calls, StringComparison.Ordinal);
        var loader = Shorten(Read(Loader)).Replace(HelpPlace, help, StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(loader + panel))[..8]);
        return new WidgetVersion(hash, new Dictionary<string, WidgetFile>(StringComparer.Ordinal)
        {
            [Loader] = WidgetFile.Of(loader.Replace(FilesPlace, $"'widget/{hash}/'", StringComparison.Ordinal)),
            [Panel] = WidgetFile.Of(panel),
        });
    }

    /// <summary>What the launcher must hold of a line: of the centre's also whose it is, and when.</summary>
    private static object ShortOf(Helpline line, string language, bool mustBeExplained) => new
    {
        n = line.Name.In(language),
        p = mustBeExplained ? $"{line.Purpose.In(language)}; {line.HoursIn(language)}" : null,
        c = line.Call,
        u = line.CallUri,
        t = line.TextTo,
        s = line.TextUri(language),
        w = line.TextWord.In(language) is { Length: > 0 } word ? word : null,
    };

    private string Read(string name) => File.ReadAllText(PathOf(name));

    private string PathOf(string name) => Path.Combine(webRoot, "widget", name);
}

/// <summary>Both scripts of one version.</summary>
/// <param name="Hash">Names the version in addresses.</param>
/// <param name="Files">By name.</param>
public sealed record WidgetVersion(string Hash, IReadOnlyDictionary<string, WidgetFile> Files);

/// <summary>A script, plain and compressed.</summary>
public sealed record WidgetFile(byte[] Plain, byte[] Gzip, byte[] Brotli, string ETag, string Integrity)
{
    public static WidgetFile Of(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        return new WidgetFile(
            plain,
            Compress(plain, stream => new GZipStream(stream, CompressionLevel.SmallestSize)),
            Compress(plain, stream => new BrotliStream(stream, CompressionLevel.SmallestSize)),
            Convert.ToHexStringLower(SHA256.HashData(plain)[..12]),
            "sha384-" + Convert.ToBase64String(SHA384.HashData(plain)));
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
        {
            stream.Write(plain);
        }

        return compressed.ToArray();
    }
}
