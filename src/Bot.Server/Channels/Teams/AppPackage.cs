using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Core.Knowledge;
using Bot.Core.Turns;

namespace Bot.Server.Channels.Teams;

/// <summary>The zip that an administrator uploads to Teams: manifest, icons, strings in Spanish. Its texts are fixed; its questions are the content's own.</summary>
internal static class AppPackage
{
    public const string ManifestVersion = "1.27";

    private const string Accent = "#12546E";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement) };

    private static readonly string[] Scopes = ["personal", "team", "groupChat"];

    /// <summary>Throws <see cref="InvalidDataException"/>, naming the option, when an id or a domain is not one.</summary>
    public static void Write(Stream zip, AppPackageOptions options, BotContent content)
    {
        ArgumentNullException.ThrowIfNull(zip);
        ArgumentNullException.ThrowIfNull(content);
        Check(options);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(Manifest(options, QuestionsIn(content, "en")), Json));
        Add(archive, "es.json", JsonSerializer.SerializeToUtf8Bytes(Spanish(QuestionsIn(content, "es")), Json));
        foreach (var icon in new[] { "color.png", "outline.png" })
        {
            using var stream = typeof(AppPackage).Assembly.GetManifestResourceStream(icon) ?? throw new InvalidDataException($"{icon} is not in the assembly.");
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Add(archive, icon, copy.ToArray());
        }
    }

    private static void Check(AppPackageOptions options)
    {
        if (!Guid.TryParseExact(options.AppId, "D", out var id) || id == Guid.Empty)
        {
            throw new InvalidDataException($"--app-id is '{options.AppId}', which is no app id. Write the bot's Microsoft App ID, like 11111111-2222-3333-4444-555555555555.");
        }

        if (Uri.CheckHostName(options.Domain) != UriHostNameType.Dns || !options.Domain.Contains('.', StringComparison.Ordinal))
        {
            throw new InvalidDataException($"--domain is '{options.Domain}', which is no domain. Write the host name of this server alone, like faq.example.org, without https:// and without a path.");
        }
    }

    private static IReadOnlyList<string> QuestionsIn(BotContent content, string language) =>
        [.. content.RepliesIn(language).StartPrompts.Select(content.KnowledgeBase.In(language).Find).OfType<Answer>().Select(answer => answer.Title)];

    private static Dictionary<string, object> Manifest(AppPackageOptions options, IReadOnlyList<string> questions) => new()
    {
        ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{ManifestVersion}/MicrosoftTeams.schema.json",
        ["manifestVersion"] = ManifestVersion,
        ["version"] = options.Version,
        ["id"] = options.AppId,
        ["developer"] = new Dictionary<string, object>
        {
            ["name"] = options.Developer,
            ["websiteUrl"] = $"https://{options.Domain}/",
            ["privacyUrl"] = $"https://{options.Domain}/privacy",
            ["termsOfUseUrl"] = $"https://{options.Domain}/about",
        },
        ["name"] = new Dictionary<string, object> { ["short"] = "Heroin FAQ", ["full"] = "Heroin FAQ: answers from one article, and where to call" },
        ["description"] = new Dictionary<string, object>
        {
            ["short"] = "Answers from one article on heroin, and numbers to call in a crisis.",
            ["full"] = "Answers questions from one article: is heroin a stimulant or a depressant, and what it does. Every answer was written beforehand and names its passage; nothing is generated. It is automatic, not a person, and gives no medical advice. When a message sounds like a crisis it shows the numbers to call. Your organisation may keep and read messages in Teams.",
        },
        ["icons"] = new Dictionary<string, object> { ["color"] = "color.png", ["outline"] = "outline.png" },
        ["accentColor"] = Accent,
        ["bots"] = new[]
        {
            new Dictionary<string, object>
            {
                ["botId"] = options.AppId,
                ["scopes"] = Scopes,
                ["supportsFiles"] = false,
                ["isNotificationOnly"] = false,
                ["commandLists"] = new[] { CommandList(["personal"], questions), CommandList(["team", "groupChat"], questions) },
            },
        },
        ["composeExtensions"] = new[]
        {
            new Dictionary<string, object>
            {
                ["botId"] = options.AppId,
                ["commands"] = new[]
                {
                    new Dictionary<string, object>
                    {
                        ["id"] = "searchAnswers",
                        ["type"] = "query",
                        ["title"] = "Search answers",
                        ["description"] = "Find an answer and put it into your message",
                        ["initialRun"] = true,
                        ["context"] = new[] { "compose", "commandBox" },
                        ["parameters"] = new[] { new Dictionary<string, object> { ["name"] = "searchQuery", ["title"] = "Question", ["description"] = "What you want to know", ["inputType"] = "text" } },
                    },
                },
            },
        },
        ["permissions"] = new[] { "identity", "messageTeamMembers" },
        ["validDomains"] = new[] { options.Domain },
        ["localizationInfo"] = new Dictionary<string, object>
        {
            ["defaultLanguageTag"] = "en",
            ["additionalLanguages"] = new[] { new Dictionary<string, object> { ["languageTag"] = "es", ["file"] = "es.json" } },
        },
    };

    private static Dictionary<string, object> CommandList(string[] scopes, IReadOnlyList<string> questions) => new()
    {
        ["scopes"] = scopes,
        ["commands"] = questions.Select(question => new Dictionary<string, object> { ["title"] = question, ["type"] = "prompt", ["prompt"] = question }).ToArray(),
    };

    private static Dictionary<string, object> Spanish(IReadOnlyList<string> questions)
    {
        var strings = new Dictionary<string, object>
        {
            ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{ManifestVersion}/MicrosoftTeams.Localization.schema.json",
            ["name.short"] = "Heroína: preguntas",
            ["name.full"] = "Heroína: respuestas de un artículo, y a dónde llamar",
            ["description.short"] = "Respuestas de un artículo sobre la heroína, y números para una crisis.",
            ["description.full"] = "Responde preguntas con un solo artículo: si la heroína es un estimulante o un depresor, y qué hace. Cada respuesta se escribió antes y nombra su pasaje; nada se genera. Es automático, no una persona, y no da consejo médico. Si un mensaje suena a crisis, muestra los números para llamar. Su organización puede guardar y leer los mensajes en Teams.",
            ["composeExtensions[0].commands[0].title"] = "Buscar respuestas",
            ["composeExtensions[0].commands[0].description"] = "Encuentre una respuesta y póngala en su mensaje",
            ["composeExtensions[0].commands[0].parameters[0].title"] = "Pregunta",
            ["composeExtensions[0].commands[0].parameters[0].description"] = "Lo que quiere saber",
        };
        for (var i = 0; i < questions.Count; i++)
        {
            strings[$"bots[0].commandLists[0].commands[{i}].title"] = questions[i];
            strings[$"bots[0].commandLists[1].commands[{i}].title"] = questions[i];
        }

        return strings;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        stream.Write(bytes);
    }
}

/// <param name="AppId">The bot's Microsoft App ID.</param>
/// <param name="Domain">The host name of this server.</param>
/// <param name="Version">The package's version, for example "1.0.0".</param>
/// <param name="Developer">Who publishes it.</param>
internal sealed record AppPackageOptions(string AppId, string Domain, string Version, string Developer);
