using System.Globalization;
using Bot.Core.Conversations;
using Bot.Core.Turns;

namespace Bot.Server.Evaluation;

/// <summary>Asks the whole bot each question of a file in a fresh conversation: columns id, question, expect, kind, note.</summary>
internal static class AnswersEvaluation
{
    private const string PreviousMark = "prev=";
    private const string PreviousEnd = " ;; ";

    public static object Run(string file, string? predictionsFile, Responder responder, TextWriter error)
    {
        var table = TsvTable.Read(file);
        int id = table.Column("id"), question = table.Column("question"), expect = table.Column("expect"), kind = table.Column("kind"), note = table.Column("note");
        var results = new List<Result>(table.Rows.Count);
        foreach (var row in Figures.WithProgress(table.Rows, error))
        {
            var memory = new ConversationMemory();
            if (PreviousOf(row[note]) is { } previous)
            {
                responder.Respond(new IncomingMessage(previous), memory);
            }

            results.Add(ToResult(row[id], row[kind], row[expect], responder.Respond(new IncomingMessage(row[question]), memory)));
        }

        if (predictionsFile is not null)
        {
            File.WriteAllLines(predictionsFile, results.Select(result => string.Join('\t', result.Id, result.Kind, result.Outcome, result.AnswerId, result.Confidence, result.Text)).Prepend("id\tkind\toutcome\tanswer\tconfidence\treply"));
        }

        return new
        {
            questions = results.Count,
            asExpected = Figures.Round(results.Count(result => result.IsAsExpected) / (double)results.Count),
            kinds = new SortedDictionary<string, object>(
                results.GroupBy(result => result.Kind).ToDictionary(
                    group => group.Key,
                    group => (object)new
                    {
                        questions = group.Count(),
                        asExpected = Figures.Round(group.Count(result => result.IsAsExpected) / (double)group.Count()),
                        outcomes = new SortedDictionary<string, int>(group.GroupBy(result => result.Outcome).ToDictionary(outcome => outcome.Key, outcome => outcome.Count()), StringComparer.Ordinal),
                    }),
                StringComparer.Ordinal),
        };
    }

    private static Result ToResult(string id, string kind, string expected, Reply reply)
    {
        var (answerId, confidence) = reply switch
        {
            Reply.Answered answered => (answered.Answer.Id, answered.Confidence.Value),
            Reply.Suggestions { Matches: [var first, ..] } => (first.Answer.Id, first.Confidence.Value),
            Reply.NoAnswer { Closest: { } closest } => (closest.Answer.Id, closest.Confidence.Value),
            Reply.Heard { Closest: { } closest } => (closest.Answer.Id, closest.Confidence.Value),
            _ => (string.Empty, 0),
        };
        var outcome = reply switch
        {
            Reply.SafetyCheck or Reply.SafetyOutcome => "handoff",
            Reply.Heard or Reply.OtherLanguage or Reply.NoWords or Reply.Capabilities or Reply.Greeting => "no-answer",
            _ => reply.Outcome,
        };
        var text = TsvTable.Field(string.Join(' ', reply.Additions.Prepend(reply.Text)));
        return new Result(id, kind, outcome, answerId, confidence.ToString("0.0000", CultureInfo.InvariantCulture), text, IsAsExpected(expected, outcome, reply is Reply.Answered all ? [.. all.Before.Select(before => before.Answer.Id), answerId] : []));
    }

    /// <summary>The expectation is an outcome or an answer's id, or several of them with '|' between: any of them will do.</summary>
    private static bool IsAsExpected(string expected, string outcome, IReadOnlyList<string> answerIds) =>
        expected.Split('|').Any(alternative => alternative == outcome || answerIds.Contains(alternative));

    /// <summary>What was asked before, when the note says so.</summary>
    private static string? PreviousOf(string note)
    {
        if (!note.StartsWith(PreviousMark, StringComparison.Ordinal))
        {
            return null;
        }

        var end = note.IndexOf(PreviousEnd, StringComparison.Ordinal);
        return end < 0 ? note[PreviousMark.Length..] : note[PreviousMark.Length..end];
    }

    private sealed record Result(string Id, string Kind, string Outcome, string AnswerId, string Confidence, string Text, bool IsAsExpected);
}
