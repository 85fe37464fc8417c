using System.Text.RegularExpressions;
using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Knowledge;
using Bot.Core.Reviews;
using Bot.Core.Turns;

namespace Bot.Server.Content;

/// <summary>Makes the bot's content of its files: every reader, and the checks that need more than one room.</summary>
public static partial class ContentReader
{
    private const string CrisisFolder = "dialogs/crisis/";
    private const string RepliesFolder = "dialogs/replies/";

    /// <summary>The soft tier's model. When it cannot be read the rules run without it.</summary>
    internal static readonly Lazy<RiskModel?> Risk = new(() =>
    {
        try
        {
            return RiskModel.Load();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    });

    private static readonly (string Language, string Locale)[] Languages = [("en", "en-us"), ("es", "es")];

    /// <summary>The content, or null when what is missing makes a snapshot impossible. Problems are complete either way.</summary>
    public static BotContent? Read(IReadOnlyList<ContentFile> files, HelplineOptions helplineOptions, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(problems);
        var signOffs = files.FirstOrDefault(file => file.Path == ReviewBook.Path) is { } signOffFile ? ReviewBook.ReadSignOffs(signOffFile.Path, signOffFile.Text, problems) : [];
        var knowledgeBase = KnowledgeReader.Read(files, answer => IsSigned(answer, signOffs), problems);
        var ruleSet = ReadCrisisRules(files, problems);
        var helplines = Find(files, CrisisFolder + "helplines.yml", problems) is { } helplineFile
            ? HelplineReader.Read(helplineFile.Path, helplineFile.Text, helplineOptions, problems)
            : null;

        var handoffs = new Dictionary<string, HandoffTexts>(StringComparer.Ordinal);
        var replies = new Dictionary<string, ReplyTexts>(StringComparer.Ordinal);
        foreach (var (language, locale) in Languages)
        {
            if (Find(files, $"{RepliesFolder}handoffs.{locale}.yml", problems) is { } handoffFile && HandoffTexts.Read(handoffFile.Path, language, handoffFile.Text, problems) is { } handoff)
            {
                handoffs[language] = handoff;
                CheckHandoffs(ruleSet, handoff, handoffFile.Path, problems);
            }

            if (Find(files, $"{RepliesFolder}replies.{locale}.yml", problems) is { } replyFile && ReplyTexts.Read(replyFile.Path, language, replyFile.Text, problems) is { } reply)
            {
                replies[language] = reply;
                foreach (var id in reply.StartPrompts.Where(id => knowledgeBase.Find(id) is null))
                {
                    problems.Add(new ContentProblem(replyFile.Path, 0, $"startPrompts names '{id}', which is no answer. Correct the id or delete it."));
                }
            }
        }

        if (ruleSet is null || helplines is null || handoffs.Count < 2 || replies.Count < 2)
        {
            return null;
        }

        var lookAlikes = Find(files, CrisisFolder + "look-alikes.yml", problems);
        var screen = new CrisisScreen(
            ruleSet,
            Risk.Value,
            [.. EveryAnswer(knowledgeBase).SelectMany(answer => ToAnswer(answer).Select(text => text.Text)), .. lookAlikes is null ? [] : CrisisContentReader.ReadLookAlikes(lookAlikes.Path, lookAlikes.Text)],
            Find(files, CrisisFolder + "other-languages.yml", problems) is { } otherLanguages ? OtherLanguagesReader.Read(otherLanguages.Path, otherLanguages.Text, problems) : null);
        if (lookAlikes is not null)
        {
            CrisisContentReader.CheckLookAlikes(lookAlikes.Path, lookAlikes.Text, screen, problems);
        }

        CheckAgainstCrisisScreen(knowledgeBase, screen, problems);
        CheckNumbers(knowledgeBase, helplines, problems);
        return new BotContent(knowledgeBase, screen, helplines, handoffs, replies) { Reviews = ReadReviews(files, knowledgeBase, signOffs, problems) };
    }

    private static bool IsSigned(Answer answer, IReadOnlyList<SignOff> signOffs) =>
        ReviewBook.StateOf(ReviewableTexts.Of(answer), signOffs.FirstOrDefault(signOff => signOff.TextId == answer.TextId), DateOnly.MinValue) == ReviewState.Reviewed;

    private static ReviewBook ReadReviews(IReadOnlyList<ContentFile> files, KnowledgeBase knowledgeBase, IReadOnlyList<SignOff> signOffs, ICollection<ContentProblem> problems)
    {
        var texts = ReviewableTexts.Of(knowledgeBase).ToList();
        foreach (var (language, locale) in Languages)
        {
            texts.AddRange(Read($"{RepliesFolder}replies.{locale}.yml", (root, file) => ReviewableTexts.OfReplies(language, root, file)));
            texts.AddRange(Read($"{RepliesFolder}handoffs.{locale}.yml", (root, file) => ReviewableTexts.OfHandoffs(language, root, file)));
        }

        texts.AddRange(Read(CrisisFolder + "helplines.yml", ReviewableTexts.OfHelplines));
        texts.AddRange(Read(CrisisFolder + "other-languages.yml", ReviewableTexts.OfOtherLanguages));
        texts.Add(ReviewableTexts.OfFallback());
        var book = new ReviewBook([.. texts.DistinctBy(text => text.Id, StringComparer.Ordinal)], signOffs);
        foreach (var text in book.Unreviewed.Where(text => book.SignOffOf(text.Id) is not null))
        {
            problems.Add(new ContentProblem(text.File, text.Line, $"{ReviewProblems.Describe(book, text)} It counts as unreviewed until it is signed again.") { IsWarning = true });
        }

        foreach (var orphan in book.Orphans)
        {
            problems.Add(new ContentProblem(ReviewBook.Path, orphan.Line, $"'{orphan.TextId}' is signed, but there is no such text. Delete the line.") { IsWarning = true });
        }

        return book;

        // What is wrong with these files has been told by their own readers.
        IEnumerable<ReviewableText> Read(string path, Func<YamlValue, string, IEnumerable<ReviewableText>> read) =>
            files.FirstOrDefault(file => file.Path == path) is { } file && YamlFile.Parse(path, file.Text, [])?.Root is { } root ? [.. read(root, path)] : [];
    }

    private static CrisisRuleSet? ReadCrisisRules(IReadOnlyList<ContentFile> files, ICollection<ContentProblem> problems)
    {
        var entries = new List<(string, string, string)>();
        var ordinary = new List<string>();
        foreach (var language in new[] { "en", "es" })
        {
            if (Find(files, $"{CrisisFolder}lexicon.{language}.yml", problems) is { } file)
            {
                entries.AddRange(CrisisContentReader.ReadLexicon(file.Path, language, file.Text, problems));
            }

            if (Find(files, $"{CrisisFolder}ordinary-words.{language}.yml", problems) is { } words)
            {
                ordinary.AddRange(CrisisContentReader.ReadOrdinaryWords(words.Path, words.Text, problems));
            }
        }

        if (Find(files, CrisisFolder + "rules.yml", problems) is not { } rules
            || CrisisContentReader.ReadRules(rules.Path, rules.Text, new CrisisLexicon(entries, ordinary), problems) is not { } ruleSet)
        {
            return null;
        }

        return ruleSet;
    }

    private static ContentFile? Find(IReadOnlyList<ContentFile> files, string path, ICollection<ContentProblem> problems)
    {
        var file = files.FirstOrDefault(candidate => candidate.Path == path);
        if (file is null)
        {
            problems.Add(new ContentProblem(path, 0, "The file is missing. The bot does not start without it; see dialogs/README.md for what belongs in it."));
        }

        return file;
    }

    private static void CheckHandoffs(CrisisRuleSet? ruleSet, HandoffTexts handoff, string path, ICollection<ContentProblem> problems)
    {
        foreach (var id in (ruleSet?.HandoffIds ?? []).Where(id => !handoff.Has(id)))
        {
            problems.Add(new ContentProblem(path, 0, $"A crisis rule names the handoff '{id}', which is not here. Write it, or correct the rule."));
        }
    }

    /// <summary>What leads to an answer must not be handed off, or nobody would ever see the answer.</summary>
    private static void CheckAgainstCrisisScreen(KnowledgeBase knowledgeBase, CrisisScreen screen, ICollection<ContentProblem> problems)
    {
        foreach (var answer in EveryAnswer(knowledgeBase))
        {
            foreach (var (text, line) in ToAnswer(answer))
            {
                var (danger, advice) = screen.Screen(text);
                if ((danger is { Tier: CrisisTier.Hard } ? danger : advice) is { } finding)
                {
                    var fate = finding.Tier == CrisisTier.Hard ? "handed off" : "refused as a request for advice";
                    problems.Add(new ContentProblem(answer.File, line, $"'{text}' is {fate} by the crisis rule '{finding.RuleId}' and would never be answered. Reword it, or narrow the rule.") { IsWarning = knowledgeBase.Drafts.Contains(answer) });
                }
            }
        }
    }

    /// <summary>A number in an answer must be one of helplines.yml: owner, hours and the day it was checked are known of no other.</summary>
    private static void CheckNumbers(KnowledgeBase knowledgeBase, HelplineDirectory helplines, ICollection<ContentProblem> problems)
    {
        var known = helplines.All.SelectMany(helpline => new[] { helpline.Call, helpline.TextTo }).OfType<string>().Select(Digits).ToHashSet(StringComparer.Ordinal);
        foreach (var answer in EveryAnswer(knowledgeBase))
        {
            foreach (var number in NumberPattern().Matches(answer.Text).Select(match => match.Value).Where(number => !known.Contains(Digits(number)) && !IsFigureOfTheSource(answer, number)))
            {
                problems.Add(new ContentProblem(answer.File, answer.Line, $"The number '{number}' of '{answer.Id}' is not in dialogs/crisis/helplines.yml. Add it there with its owner, or delete it.") { IsWarning = knowledgeBase.Drafts.Contains(answer) });
            }
        }
    }

    /// <summary>What a person types or taps to get an answer, or another from it.</summary>
    private static IEnumerable<(string Text, int Line)> ToAnswer(Answer answer) =>
        answer.Phrasings.Select(phrasing => (phrasing.Text, phrasing.Line)).Concat(answer.Prompts.Select(prompt => (prompt.Title, prompt.Line)));

    private static IEnumerable<Answer> EveryAnswer(KnowledgeBase knowledgeBase) =>
        knowledgeBase.Answers.Concat(knowledgeBase.Drafts).Concat(knowledgeBase.Translations.Values.SelectMany(translation => translation.Answers));

    /// <summary>"100 beds" is no line to call when the source says so; anything as long as a telephone number is.</summary>
    private static bool IsFigureOfTheSource(Answer answer, string number)
    {
        const int LongestFigure = 6;
        return Digits(number).Length <= LongestFigure && answer.Quotes.Any(quote => quote.Text.Contains(number, StringComparison.Ordinal));
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"\(?\b\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b|\b1-\d{3}-\d{3}-\d{4}\b|\b\d{3}\b|\b\d{5,6}\b")]
    private static partial Regex NumberPattern();
}
