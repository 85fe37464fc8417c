using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Content;
using Bot.Core.Knowledge.Qna;
using Bot.Core.Knowledge.Rules;

namespace Bot.Core.Knowledge;

/// <summary>One content file: its path from the content root, with forward slashes, and its text.</summary>
public sealed record ContentFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>Makes a knowledge base of its files and reports every problem found in them.</summary>
public static class KnowledgeReader
{
    private const string KnowledgeFolder = "dialogs/knowledge-base/";
    private const string SourceFolder = "dialogs/sources/";

    private const string English = ".en-us.qna";
    private const string Spanish = ".es.qna";

    /// <summary>Reads all files.</summary>
    /// <param name="files">The content files, of every kind.</param>
    /// <param name="isSigned">Whether somebody has signed an answer as it is: what turns a draft on. Null when nobody has signed anything.</param>
    /// <param name="problems">Takes every problem found.</param>
    public static KnowledgeBase Read(IReadOnlyList<ContentFile> files, Func<Answer, bool>? isSigned, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(problems);
        var knowledge = files.Where(file => file.Path.StartsWith(KnowledgeFolder, StringComparison.Ordinal)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        foreach (var stranger in knowledge.Where(file => file.Path.EndsWith(".qna", StringComparison.Ordinal) && !file.Path.EndsWith(English, StringComparison.Ordinal) && !file.Path.EndsWith(Spanish, StringComparison.Ordinal)))
        {
            problems.Add(new ContentProblem(stranger.Path, 0, "The file's name has no known locale. Name it like 'section.en-us.qna' or 'section.es.qna'."));
        }

        var all = Parse(knowledge, English, problems);
        var drafts = all.Where(answer => answer.IsDraft && isSigned?.Invoke(answer) != true).ToList();
        var answers = all.Except(drafts).ToList();
        if (answers.Count == 0)
        {
            problems.Add(new ContentProblem(KnowledgeFolder.TrimEnd('/'), 0, "There is no answer. Put at least one .en-us.qna file with an answer there; the bot does not start without content."));
        }

        var sources = ReadSources(files, problems);
        var required = ReadRequiredSentences(knowledge.Find(file => file.Name == "required-sentences.yml"), problems);
        KnowledgeRules.Check(answers, sources, required, problems);
        KnowledgeRules.CheckCoverage(all, sources, problems);
        CheckDrafts(answers, drafts, sources, required, problems);

        // Ids that are missing or double are reported above; the snapshot needs unique ones all the same.
        var version = Fingerprint(files);
        var unique = answers.Where(answer => answer.Id.Length > 0).DistinctBy(answer => answer.Id, StringComparer.Ordinal).ToList();
        var spanish = TranslationReader.Merge("es", unique, drafts, Parse(knowledge, Spanish, problems), problems);
        return new KnowledgeBase(unique, sources, ReadSynonyms(knowledge.Find(file => file.Name == "synonyms.en-us.yml"), problems), version)
        {
            Drafts = drafts,
            Translations = new Dictionary<string, KnowledgeBase>(StringComparer.Ordinal)
            {
                ["es"] = new KnowledgeBase(spanish, sources, ReadSynonyms(knowledge.Find(file => file.Name == "synonyms.es.yml"), problems), version, "es"),
            },
        };
    }

    private static List<Answer> Parse(IEnumerable<ContentFile> files, string ending, ICollection<ContentProblem> problems) =>
        [.. files.Where(file => file.Path.EndsWith(ending, StringComparison.Ordinal)).SelectMany(file => QnaParser.Parse(file.Path, file.Text, problems))];

    /// <summary>What is wrong with a draft is said, and stops nothing: it is off.</summary>
    private static void CheckDrafts(IReadOnlyList<Answer> answers, List<Answer> drafts, IReadOnlyList<SourceDocument> sources, IReadOnlyList<RequiredSentence> required, ICollection<ContentProblem> problems)
    {
        if (drafts.Count > 0)
        {
            var together = new List<ContentProblem>();
            KnowledgeRules.Check([.. answers, .. drafts], sources, required, together);
            foreach (var problem in together.Except(problems))
            {
                problems.Add(problem with { IsWarning = true });
            }
        }
    }

    private static List<SourceDocument> ReadSources(IReadOnlyList<ContentFile> files, ICollection<ContentProblem> problems)
    {
        var sources = new List<SourceDocument>();
        foreach (var file in files.Where(file => file.Path.StartsWith(SourceFolder, StringComparison.Ordinal) && file.Path.EndsWith(".txt", StringComparison.Ordinal)))
        {
            var cardPath = Path.ChangeExtension(file.Path, ".yml");
            if (files.FirstOrDefault(candidate => candidate.Path == cardPath) is not { } card)
            {
                problems.Add(new ContentProblem(file.Path, 0, $"There is no {cardPath} beside this source. It names title, publisher, origin, retrieved and sections."));
            }
            else if (YamlFile.Parse(card.Path, card.Text, problems)?.Root is { } root)
            {
                root.AllowOnly("title", "publisher", "origin", "retrieved", "sections", "furniture");
                var retrieved = root.Required("retrieved");
                if (retrieved is not null && !DateOnly.TryParseExact(retrieved.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                {
                    retrieved.Report($"'{retrieved.Text}' is not a date. Write yyyy-MM-dd.");
                }

                _ = root.RequiredText("origin");
                sources.Add(new SourceDocument(
                    file.Name, root.RequiredText("title"), root.RequiredText("publisher"), retrieved?.Text ?? string.Empty, file.Text,
                    root.Required("sections") is { IsEmpty: false } sections ? sections.Texts : [], root.Optional("furniture")?.Texts ?? []));
            }
        }

        return sources;
    }

    private static SynonymTable ReadSynonyms(ContentFile? file, ICollection<ContentProblem> problems)
    {
        if (file is null || YamlFile.Parse(file.Path, file.Text, problems)?.Root is not { } root)
        {
            return SynonymTable.Empty;
        }

        root.AllowOnly("synonyms");
        return new SynonymTable((root.Required("synonyms")?.Members ?? []).ToDictionary(member => member.Name, member => member.Texts, StringComparer.Ordinal));
    }

    private static List<RequiredSentence> ReadRequiredSentences(ContentFile? file, ICollection<ContentProblem> problems)
    {
        var required = new List<RequiredSentence>();
        if (file is null || YamlFile.Parse(file.Path, file.Text, problems)?.Root is not { } root)
        {
            return required;
        }

        root.AllowOnly("requiredSentences");
        foreach (var item in root.Required("requiredSentences")?.Items ?? [])
        {
            item.AllowOnly("sentence", "reason", "whenTextMentions");
            required.Add(new RequiredSentence(item.Required("whenTextMentions")?.Texts ?? [], item.RequiredText("sentence"), item.RequiredText("reason")));
        }

        return required;
    }

    private static string Fingerprint(IReadOnlyList<ContentFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path + "\0" + file.Text.ReplaceLineEndings("\n") + "\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
