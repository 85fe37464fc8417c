using System.Globalization;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Core.Matching;
using Bot.Core.Turns;
using Bot.Server.Channels.Teams;
using Bot.Server.Channels.Web;
using Bot.Server.Evaluation;
using Bot.Server.Operations;

namespace Bot.Server.CommandLine;

/// <summary>What the command line can do besides serving. Results go to standard output; the exit code says whether all is well.</summary>
public static class Verbs
{
    public const string Usage =
        """
        Usage: dotnet run --project src/Bot.Server [-- VERB …]
          (no verb)          serve; --urls http://localhost:5000 to choose the address
          ask "TEXT" …       the reply to each text, as one conversation, with answer id, confidence, crisis finding, and the three
                             closest answers with what speaks for each and the phrasing that carried it
          evaluate matching DIR [--train FILE] [--predictions OUT.tsv] [--explain OUT.tsv]
                             figures of the matcher on DIR/train.tsv and DIR/test.tsv, as one JSON object; --explain writes the
                             three closest answers of each query with what speaks for each
          evaluate crisis FILE.tsv [--predictions OUT.tsv]
                             figures of the crisis screen on labelled messages (id, text, lang, category, level, tag)
          evaluate crisis FILE-OR-FOLDER --evidence OUT.md
                             the same as a document: intervals, known misses, accepted false alarms
          evaluate answers FILE.tsv [--predictions OUT.tsv]
                             the whole bot on a list of questions (id, question, expect, kind, note)
                             Predictions of crisis and answers have a header line; those of matching none, as test.tsv has none.
          check-content      every problem in dialogs/, as file(line): what, and the cure; and how many texts nobody has signed
          coverage           the document paragraph by paragraph, with the answers that rest on it
          stale              the answers whose quotes no longer stand in their source, with the nearest passage now
          draft FILE [--name NAME]
                             a draft .qna with source and card from a .txt, .md or .html document; off until signed
          review-sheet --out FILE.html [--only unreviewed]
                             every text beside its quote, its phrasings, its state and a place to sign, to print
          sign ID … --reviewer "NAME" [--expires yyyy-MM-dd] [--hash HASH]
                             records a signature; an id may end in '*'
          teams-package --app-id GUID --domain HOST --out FILE.zip [--developer NAME] [--version 1.0.0]
                             the app package to upload to Teams: manifest, icons, Spanish strings
          widget-tag --url https://YOUR-BOT
                             the tag that puts the widget on a page, and one with its integrity, which must be renewed after every
                             update of the bot or its numbers
          check-escalation   sends a test through each target of Escalations:Targets and says what happened
          escalations        who waits for a call, without numbers; escalations show ID reads one; escalations
                             taken|reached|not-reached|closed ID --by NAME changes it, for when the targets are down
          report [--from DATE] [--to DATE]
                             counts of a period, 30 days by default: replies, answers, votes, unanswered topics, crises, calls
        Each takes settings too, as in --contentRoot DIR or --Content:Folder=DIR.
        """;

    /// <summary>Runs the verb the arguments name; null when they name none and the server is meant.</summary>
    public static int? Run(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args)
        {
            case ["check-content", ..]:
                return Try(() => ContentVerbs.Check(args[1..], output), error);
            case ["coverage", ..]:
                return Try(() => ContentVerbs.Coverage(args[1..], output), error);
            case ["stale", ..]:
                return Try(() => ContentVerbs.Stale(args[1..], output), error);
            case ["draft", ..]:
                return Try(() => ContentVerbs.Draft(args[1..], output), error);
            case ["review-sheet", ..]:
                return Try(() => ContentVerbs.Sheet(args[1..], output), error);
            case ["sign", ..]:
                return Try(() => ContentVerbs.Sign(args[1..], output), error);
            case ["teams-package", ..]:
                return Try(() => WriteTeamsPackage(args[1..], output), error);
            case ["widget-tag", ..]:
                return Try(() => WriteWidgetTag(args[1..], output), error);
            case ["check-escalation", ..]:
                return Try(() => OperatorVerbs.CheckEscalationAsync(args[1..], output).GetAwaiter().GetResult(), error);
            case ["escalations", ..]:
                return Try(() => OperatorVerbs.EscalationsAsync(args[1..], output, error).GetAwaiter().GetResult(), error);
            case ["report", ..]:
                return Try(() => OperatorVerbs.ReportAsync(args[1..], output).GetAwaiter().GetResult(), error);
            case ["ask", _, ..]:
                return Try(() => Ask(args[1..], output), error);
            case ["evaluate", "matching" or "crisis" or "answers", var target, ..]:
                return Try(() => Evaluate(args[1], target, args[3..], output, error), error);
            case ["help" or "--help" or "-h", ..]:
                output.WriteLine(Usage);
                return 0;
            case [var verb, ..] when !verb.StartsWith('-'):
                error.WriteLine($"'{verb}' is not something the bot can do{(verb is "ask" or "evaluate" ? " without more" : string.Empty)}.");
                error.WriteLine(Usage);
                return 2;
            default:
                return null;
        }
    }

    /// <summary>What the person at the keyboard can mend is told in a line, without a stack trace.</summary>
    private static int Try(Func<int> run, TextWriter error)
    {
        try
        {
            return run();
        }
        catch (Exception exception) when (Running.IsToldPlainly(exception) || exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static int WriteTeamsPackage(string[] arguments, TextWriter output)
    {
        var given = VerbArguments.Read(arguments, "--app-id", "--domain", "--out", "--developer", "--version");
        string Required(string option) => given[option] ?? throw new InvalidDataException($"{option} is missing. Write teams-package --app-id GUID --domain HOST --out FILE.zip.");
        var options = new AppPackageOptions(Required("--app-id"), Required("--domain"), given["--version"] ?? "1.0.0", given["--developer"] ?? "Heroin FAQ");
        var file = Required("--out");
        using var services = VerbServices.Create(given.Settings);
        using var package = new MemoryStream();
        AppPackage.Write(package, options, services.GetRequiredService<IBotContentSource>().Current);
        File.WriteAllBytes(file, package.ToArray());
        output.WriteLine($"{Path.GetFullPath(file)}: manifest {AppPackage.ManifestVersion}. Upload it in the Teams admin center, or by Apps > Manage your apps.");
        return 0;
    }

    private static int WriteWidgetTag(string[] arguments, TextWriter output)
    {
        var given = VerbArguments.Read(arguments, "--url");
        var url = given["--url"]?.TrimEnd('/') ?? throw new InvalidDataException("--url is missing. Write widget-tag --url https://YOUR-BOT.");
        using var services = VerbServices.Create(given.Settings);
        var version = new WidgetAssets(services.GetRequiredService<IBotContentSource>(), Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, "web"), services.GetRequiredService<EscalationDesk>()).Current;
        output.WriteLine($"""
            <!-- The numbers stay on the page when the widget cannot be loaded; it takes their place when it is. -->
            <p id="faq-bot-fallback">In an emergency call <a href="tel:911">911</a>. To talk to someone, call or text <a href="tel:988">988</a>. <a href="{url}/help">Get help now</a></p>

            <!-- Always up to date: -->
            <script src="{url}/widget.js" defer></script>

            <!-- Or this very version and no other; without a new tag after an update of the bot, browsers refuse it: -->
            <script src="{url}/widget/{version.Hash}/{WidgetAssets.Loader}" integrity="{version.Files[WidgetAssets.Loader].Integrity}" crossorigin="anonymous" defer></script>
            """);
        return 0;
    }

    private static int Ask(string[] texts, TextWriter output)
    {
        using var services = VerbServices.Create([]);
        var responder = services.GetRequiredService<Responder>();
        var memory = new ConversationMemory();
        foreach (var text in texts)
        {
            var previous = memory.PreviousAnswerId;
            var reply = responder.Respond(new IncomingMessage(text), memory);
            Write(text, reply, output);
            if (reply is Reply.Answered or Reply.Suggestions or Reply.NoAnswer or Reply.Heard)
            {
                var knowledgeBase = services.GetRequiredService<IBotContentSource>().Current.KnowledgeBase.In(reply.Language);
                Explain(services.GetRequiredService<IAnswerMatcher>().FindMatches(knowledgeBase, text, knowledgeBase.Find(previous)), output);
            }
        }

        return 0;
    }

    /// <summary>The three closest answers, what speaks for each, and the phrasing that carried it.</summary>
    private static void Explain(IReadOnlyList<AnswerMatch> matches, TextWriter output)
    {
        const int Most = 3;
        foreach (var match in matches.Take(Most))
        {
            var parts = match.Evidence is { } evidence
                ? string.Create(CultureInfo.InvariantCulture, $"words {evidence.Lexical:0.00}, meaning {evidence.Nearest:0.00}, classifier {evidence.Probability:0.00}")
                : "words alone";
            output.WriteLine($"closest:    {match.Answer.Id} {match.Confidence} ({parts}; \"{match.ClosestPhrasing}\")");
        }

        output.WriteLine();
    }

    private static int Evaluate(string what, string target, string[] options, TextWriter output, TextWriter error)
    {
        var given = VerbArguments.Read(options, what switch { "matching" => ["--train", "--predictions", "--explain"], "crisis" => ["--predictions", "--evidence"], _ => ["--predictions"] });
        var predictions = given["--predictions"];
        using var services = VerbServices.Create(given.Settings);
        if (given["--evidence"] is { } evidence)
        {
            CrisisEvidence.Write(target, evidence, services.GetRequiredService<IBotContentSource>().Current, error);
            output.WriteLine(Path.GetFullPath(evidence));
            return 0;
        }

        output.WriteLine(Figures.ToJson(what switch
        {
            "matching" => MatchingEvaluation.Run(target, given["--train"], predictions, given["--explain"], error),
            "crisis" => CrisisEvaluation.Run(target, predictions, services.GetRequiredService<IBotContentSource>().Current.CrisisScreen, error),
            _ => AnswersEvaluation.Run(target, predictions, services.GetRequiredService<Responder>(), error),
        }));
        return 0;
    }

    private static void Write(string text, Reply reply, TextWriter output)
    {
        output.WriteLine($"> {text}");
        output.WriteLine();
        foreach (var before in reply.Before)
        {
            output.WriteLine($"{before.Text}\n\nanswer:     {before.Answer.Id}, confidence {before.Confidence}\n");
        }

        foreach (var part in reply.Additions.Prepend(reply.Text))
        {
            output.WriteLine(part);
            output.WriteLine();
        }

        if (reply is Reply.Answered { Citation: { } citation })
        {
            output.WriteLine($"source:     {citation.Document}{(citation.Section is null ? string.Empty : ", " + citation.Section)}: \"{citation.Quote}\"");
        }

        if (reply.Buttons.Count > 0)
        {
            output.WriteLine($"buttons:    {string.Join(" | ", reply.Buttons.Select(button => button.Title))}");
        }

        if (reply is Reply.Callback { Act: { } act })
        {
            output.WriteLine($"act:        {act.Kind}; here nothing is stored and nobody is told");
        }

        output.WriteLine($"outcome:    {reply.Outcome}");
        output.WriteLine(reply switch
        {
            Reply.Answered answered => $"answer:     {answered.Answer.Id}, confidence {answered.Confidence}",
            Reply.Suggestions suggestions => "answer:     none sure; " + string.Join(", ", suggestions.Matches.Select(match => $"{match.Answer.Id} {match.Confidence}")),
            Reply.NoAnswer { Closest: { } closest } => $"answer:     none; the closest is {closest.Answer.Id}, confidence {closest.Confidence}",
            Reply.Heard { Closest: { } closest } => $"answer:     none; the closest is {closest.Answer.Id}, confidence {closest.Confidence}",
            _ => "answer:     none",
        });
        output.WriteLine(reply.Finding is { } finding
            ? $"crisis:     {finding.Tier.ToString().ToLowerInvariant()}, {finding.Category}, rule {finding.RuleId}, span \"{text.Substring(finding.Start, finding.Length)}\""
            : "crisis:     none");
        output.WriteLine();
    }
}
