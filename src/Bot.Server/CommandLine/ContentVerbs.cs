using System.Globalization;
using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Reviews;
using Bot.Core.Turns;
using Bot.Server.Authoring;
using Bot.Server.Content;
using Microsoft.Extensions.Options;

namespace Bot.Server.CommandLine;

/// <summary>The verbs of those who write, review and sign the content.</summary>
internal static class ContentVerbs
{
    private const int AllWell = 0;
    private const int SomethingIsWrong = 1;

    /// <summary>Lists every problem of the content, and how many texts nobody has signed.</summary>
    public static int Check(IReadOnlyList<string> arguments, TextWriter output)
    {
        using var services = VerbServices.Create(VerbArguments.Read(arguments).Settings);
        var (content, files, problems) = Read(services);
        problems.Sort((left, right) => (left.File, left.Line).CompareTo((right.File, right.Line)));
        problems.ForEach(output.WriteLine);
        if (content is not null)
        {
            WriteReviews(content.Reviews, TodayOf(services), output);
        }

        output.WriteLine(problems.Count == 0
            ? $"{files} files, {content!.KnowledgeBase.Answers.Count} answers, {content.KnowledgeBase.Answers.Sum(answer => answer.Phrasings.Count)} phrasings: no problems. Content {content.Version}."
            : $"{problems.Count} problem(s){(problems.TrueForAll(problem => problem.IsWarning) ? "; the bot runs with them" : string.Empty)}.");
        return problems.Count == 0 ? AllWell : SomethingIsWrong;
    }

    /// <summary>Shows the document beside its answers.</summary>
    public static int Coverage(IReadOnlyList<string> arguments, TextWriter output)
    {
        using var services = VerbServices.Create(VerbArguments.Read(arguments).Settings);
        return CoverageReport.WriteCoverage(Demand(services).KnowledgeBase, output) ? AllWell : SomethingIsWrong;
    }

    /// <summary>Shows which answers' quotes no longer stand in their source.</summary>
    public static int Stale(IReadOnlyList<string> arguments, TextWriter output)
    {
        using var services = VerbServices.Create(VerbArguments.Read(arguments).Settings);
        return CoverageReport.WriteStale(Demand(services).KnowledgeBase, output) ? AllWell : SomethingIsWrong;
    }

    /// <summary>Writes a draft .qna, its source and its card from a document.</summary>
    public static int Draft(IReadOnlyList<string> arguments, TextWriter output)
    {
        const string Name = "--name";
        var given = VerbArguments.Read(arguments, Name);
        if (given.Subjects is not [var file])
        {
            throw new InvalidDataException("Write: draft FILE [--name NAME]. FILE is a .txt, .md or .html document in UTF-8.");
        }

        using var services = VerbServices.Create(given.Settings);
        var draft = Authoring.Draft.Of(
            DocumentReader.Read(file), Authoring.Draft.Slug(given[Name] ?? Path.GetFileNameWithoutExtension(file)), TodayOf(services), Read(services).Content?.KnowledgeBase);
        foreach (var path in draft.Write(services.GetRequiredService<ContentProvider>().Folder))
        {
            output.WriteLine(path);
        }

        output.WriteLine($"{draft.Answers} answers, all off until they are signed. Edit them, run '-- check-content', then '-- review-sheet --out FILE.html'.");
        return AllWell;
    }

    /// <summary>Writes every text on one printable page.</summary>
    public static int Sheet(IReadOnlyList<string> arguments, TextWriter output)
    {
        const string Out = "--out";
        const string Only = "--only";
        var given = VerbArguments.Read(arguments, Out, Only);
        if (given[Out] is not { } file || given.Subjects.Count > 0 || given[Only] is not (null or "unreviewed"))
        {
            throw new InvalidDataException("Write: review-sheet --out FILE.html [--only unreviewed].");
        }

        using var services = VerbServices.Create(given.Settings);
        var content = Demand(services);
        var sheet = ReviewSheet.Render(content, TodayOf(services), given[Only] is not null, out var count);
        File.WriteAllText(file, sheet);
        output.WriteLine($"{Path.GetFullPath(file)}: {count} texts. Open it in a browser and print it.");
        return AllWell;
    }

    /// <summary>Records a reviewer's signature under texts.</summary>
    public static int Sign(IReadOnlyList<string> arguments, TextWriter output)
    {
        const string Reviewer = "--reviewer";
        const string Hash = "--hash";
        const string Expires = "--expires";
        var given = VerbArguments.Read(arguments, Reviewer, Hash, Expires);
        if (given.Subjects.Count == 0 || string.IsNullOrWhiteSpace(given[Reviewer]))
        {
            throw new InvalidDataException("Write: sign ID … --reviewer \"NAME\" [--expires yyyy-MM-dd] [--hash HASH]. An id may end in '*', as in 'answer/en/*'.");
        }

        using var services = VerbServices.Create(given.Settings);
        var today = TodayOf(services);
        var expires = today.AddYears(1);
        if (given[Expires] is { } date && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out expires))
        {
            throw new InvalidDataException($"--expires is '{date}', which is not a date. Write yyyy-MM-dd.");
        }

        var signed = Signing.Sign(Demand(services), services.GetRequiredService<ContentProvider>().Folder, given.Subjects, given[Reviewer]!.Trim(), given[Hash], today, expires);
        foreach (var signOff in signed)
        {
            output.WriteLine($"{signOff.TextId} ({signOff.Hash}) signed by {signOff.Reviewer} until {ReviewBook.Write(signOff.ExpiresOn)}.");
        }

        WriteReviews(Demand(services).Reviews, today, output);
        return AllWell;
    }

    private static void WriteReviews(ReviewBook reviews, DateOnly today, TextWriter output)
    {
        foreach (var text in reviews.ExpiredOn(today))
        {
            output.WriteLine($"{text.File}({text.Line}): the review of '{text.Id}' expired on {ReviewBook.Write(reviews.SignOffOf(text.Id)!.ExpiresOn)}.");
        }

        var shown = reviews.Shown.Count();
        output.WriteLine($"{reviews.Unreviewed.Count()} of {shown} texts unreviewed.{(shown < reviews.Texts.Count ? $" {reviews.Texts.Count - shown} drafts are off until they are signed." : string.Empty)}");
    }

    private static DateOnly TodayOf(ServiceProvider services) => DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);

    private static (BotContent? Content, int Files, List<ContentProblem> Problems) Read(ServiceProvider services)
    {
        var problems = new List<ContentProblem>();
        var files = ContentFolder.Read(services.GetRequiredService<ContentProvider>().Folder, problems);
        return (ContentReader.Read(files, services.GetRequiredService<IOptions<HelplineOptions>>().Value, problems), files.Count, problems);
    }

    /// <summary>The content, or an <see cref="InvalidDataException"/> with every problem that makes it unusable.</summary>
    private static BotContent Demand(ServiceProvider services)
    {
        var (content, _, problems) = Read(services);
        problems.RemoveAll(problem => problem.IsWarning);
        return content is not null && problems.Count == 0
            ? content
            : throw new InvalidDataException($"The content has {problems.Count} problem(s). Mend them first:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }
}
