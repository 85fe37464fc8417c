using Bot.Core.Content;
using Bot.Core.Conversations;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Bot.Server.Content;
using Microsoft.Extensions.Options;

namespace Bot.Server.Evaluation;

/// <summary>What the command line can do besides serving. Results go to standard output; the exit code says whether all is well.</summary>
public static class Verbs
{
    public const string Usage =
        """
        Usage: dotnet run --project src/Bot.Server [-- VERB …]
          (no verb)          serve; --urls http://localhost:5000 to choose the address
          ask "TEXT" …       the reply to each text, as one conversation, with answer id, confidence and crisis finding
          evaluate matching DIR [--train FILE] [--predictions OUT.tsv]
                             figures of the matcher on DIR/train.tsv and DIR/test.tsv, as one JSON object
          evaluate crisis FILE.tsv [--predictions OUT.tsv]
                             figures of the crisis screen on labelled messages (id, text, lang, category, level, tag)
          evaluate answers FILE.tsv [--predictions OUT.tsv]
                             the whole bot on a list of questions (id, question, expect, kind, note)
                             Predictions of crisis and answers have a header line; those of matching none, as test.tsv has none.
          check-content      every problem in dialogs/, as file(line): what, and the cure
        """;

    /// <summary>Runs the verb the arguments name; null when they name none and the server is meant.</summary>
    public static int? Run(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args)
        {
            case ["check-content", ..]:
                return CheckContent(args[1..], output);
            case ["ask", _, ..]:
                return Ask(args[1..], output, error);
            case ["evaluate", "matching" or "crisis" or "answers", var target, ..]:
                return Evaluate(args[1], target, args[3..], output, error);
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

    private static int CheckContent(string[] args, TextWriter output)
    {
        using var services = CreateServices(args);
        var problems = new List<ContentProblem>();
        var files = ContentFolder.Read(services.GetRequiredService<ContentProvider>().Folder, problems);
        var content = ContentReader.Read(files, services.GetRequiredService<IOptions<HelplineOptions>>().Value, problems);
        foreach (var problem in problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line))
        {
            output.WriteLine(problem);
        }

        output.WriteLine(problems.Count == 0
            ? $"{files.Count} files, {content!.KnowledgeBase.Answers.Count} answers, {content.KnowledgeBase.Answers.Sum(answer => answer.Phrasings.Count)} phrasings: no problems. Content {content.Version}."
            : $"{problems.Count} problem(s).");
        return problems.Count == 0 ? 0 : 1;
    }

    private static int Ask(string[] texts, TextWriter output, TextWriter error)
    {
        using var services = CreateServices([]);
        try
        {
            var responder = services.GetRequiredService<Responder>();
            var memory = new ConversationMemory();
            foreach (var text in texts)
            {
                Write(text, responder.Respond(new IncomingMessage(text), memory), output);
            }

            return 0;
        }
        catch (InvalidDataException exception)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static int Evaluate(string what, string target, string[] options, TextWriter output, TextWriter error)
    {
        try
        {
            var given = ReadOptions(options, what == "matching" ? ["--train", "--predictions"] : ["--predictions"]);
            var predictions = given.GetValueOrDefault("--predictions");
            using var services = CreateServices([]);
            output.WriteLine(Figures.ToJson(what switch
            {
                "matching" => MatchingEvaluation.Run(target, given.GetValueOrDefault("--train"), predictions, error),
                "crisis" => CrisisEvaluation.Run(target, predictions, services.GetRequiredService<IBotContentSource>().Current.CrisisScreen, error),
                _ => AnswersEvaluation.Run(target, predictions, services.GetRequiredService<Responder>(), error),
            }));
            return 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static Dictionary<string, string> ReadOptions(string[] options, string[] known)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Length; i += 2)
        {
            if (!known.Contains(options[i]) || i + 1 == options.Length)
            {
                throw new InvalidDataException($"'{options[i]}' is no option here, or has no value. Known: {string.Join(", ", known)}.");
            }

            given[options[i]] = options[i + 1];
        }

        return given;
    }

    private static void Write(string text, Reply reply, TextWriter output)
    {
        output.WriteLine($"> {text}");
        output.WriteLine();
        foreach (var part in new[] { reply.Text, reply.Offer, reply.PinnedHelp }.OfType<string>())
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

        output.WriteLine($"outcome:    {reply.Outcome}");
        output.WriteLine(reply switch
        {
            Reply.Answered answered => $"answer:     {answered.Answer.Id}, confidence {answered.Confidence}",
            Reply.Suggestions suggestions => "answer:     none sure; " + string.Join(", ", suggestions.Matches.Select(match => $"{match.Answer.Id} {match.Confidence}")),
            Reply.NoAnswer { Closest: { } closest } => $"answer:     none; the closest is {closest.Answer.Id}, confidence {closest.Confidence}",
            _ => "answer:     none",
        });
        output.WriteLine(reply.Finding is { } finding
            ? $"crisis:     {finding.Tier.ToString().ToLowerInvariant()}, {finding.Category}, rule {finding.RuleId}, span \"{text.Substring(finding.Start, finding.Length)}\""
            : "crisis:     none");
        output.WriteLine();
    }

    /// <summary>The same content, matcher and responder as the server's, without the server.</summary>
    private static ServiceProvider CreateServices(string[] args)
    {
        // As the server: content is read from the folder one stands in, not from the copy beside the program.
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { [HostDefaults.ContentRootKey] = Directory.GetCurrentDirectory() });
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args, Configuration = configuration });
        builder.Configuration.AddJsonFile(Path.Combine(builder.Environment.ContentRootPath, "appsettings.json"), optional: true).AddEnvironmentVariables();
        builder.Services.AddContent().AddMatching().AddTurns().AddDirectLineOptions();
        return builder.Services.BuildServiceProvider();
    }
}
