using Bot.Core.Matching;
using Bot.Core.Sentences;
using Bot.Core.Turns;

namespace Bot.Server.Operations;

/// <summary>Trains the matcher on the content before the first person asks: nobody waits for it.</summary>
public sealed partial class WarmUp(IAnswerMatcher matcher, IBotContentSource contentSource, ILogger<WarmUp> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (SentenceModel.Default is null)
        {
            Log.NoModel(logger);
        }

        try
        {
            var english = contentSource.Current.KnowledgeBase;
            foreach (var knowledgeBase in english.Translations.Values.Prepend(english))
            {
                matcher.FindMatches(knowledgeBase, "hello there", null);
            }
        }
        catch (Exception exception)
        {
            // Help needs no matcher: the bot starts all the same, and each turn that fails ends with the numbers.
            Log.WarmUpFailed(logger, exception.GetType().Name);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "The matcher failed on its first question ({ExceptionType}). Handoffs work; answers may not.")]
        public static partial void WarmUpFailed(ILogger logger, string exceptionType);

        [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "The sentence model could not be read; questions are matched by words and letters alone.")]
        public static partial void NoModel(ILogger logger);
    }
}
