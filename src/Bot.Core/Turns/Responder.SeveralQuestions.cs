using Bot.Core.Conversations;
using Bot.Core.Matching;

namespace Bot.Core.Turns;

/// <summary>More than one question in a message: each that is understood for certain gets its answer, and the rest is not passed over in silence.</summary>
public sealed partial class Responder
{
    /// <summary>The answers to the questions of one message, or null when it holds one, or is understood best as a whole.</summary>
    private Reply.Answered? AnswerEach(BotContent content, IncomingMessage message, string language, IReadOnlyList<AnswerMatch> whole, ConversationMemory memory)
    {
        var questions = QuestionSplitter.Split(message.Text);
        if (questions.Count == 0 || whole is [{ Confidence.Value: >= 1 }, ..])
        {
            return null;
        }

        var found = new List<AnswerMatch>();
        var isRestUnsure = false;
        var previous = memory.PreviousAnswerId;
        foreach (var question in questions)
        {
            // "what is tolerance, and why does it happen": a later question may point back at an earlier one.
            if (FindMatches(content, question, language, new ConversationMemory { PreviousAnswerId = previous }) is [var best, ..] && best.Confidence >= _answerThreshold)
            {
                previous = best.Answer.Id;
                if (!found.Exists(match => match.Answer == best.Answer))
                {
                    found.Add(best);
                }
            }
            else
            {
                isRestUnsure = true;
            }
        }

        if (found.Count == 0 || found.Count == 1 && (!isRestUnsure || whole is [var surest, ..] && surest.Confidence > found[0].Confidence))
        {
            return null;
        }

        var answers = found.ConvertAll(match => Answer(content, match, message, memory));
        return answers[^1] with
        {
            Before = [.. answers.Take(answers.Count - 1).Select(answer => answer with { Buttons = [] })],
            Note = isRestUnsure ? content.RepliesIn(answers[^1].Language).RestUnsure : null,
        };
    }
}
