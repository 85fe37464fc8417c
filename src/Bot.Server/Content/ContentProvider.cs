using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Microsoft.Extensions.Options;

namespace Bot.Server.Content;

/// <summary>
/// Holds the content. A good edit replaces it whole; a bad one is reported and the last good content stays; without good content there is no start.
/// </summary>
public sealed partial class ContentProvider(
    IOptions<ContentOptions> options, IOptions<HelplineOptions> helplineOptions, IHostEnvironment environment, ILogger<ContentProvider> logger) : IBotContentSource
{
    private readonly Lock _lock = new();
    private volatile BotContent? _current;

    public BotContent Current
    {
        get
        {
            if (_current is null)
            {
                Reload();
            }

            return _current!;
        }
    }

    public string Folder => Path.GetFullPath(options.Value.Folder, environment.ContentRootPath);

    /// <summary>Reads everything anew. Throws <see cref="InvalidDataException"/>, naming every problem, when there is no good content to fall back on.</summary>
    public bool Reload()
    {
        lock (_lock)
        {
            var problems = new List<ContentProblem>();
            var candidate = ContentReader.Read(ContentFolder.Read(Folder, problems), helplineOptions.Value, problems);
            if (candidate is not null && problems.Count == 0)
            {
                if (_current?.Version != candidate.Version)
                {
                    _current = candidate;
                    Log.Loaded(logger, candidate.Version, candidate.KnowledgeBase.Answers.Count);
                }

                return true;
            }

            foreach (var problem in problems)
            {
                Log.Rejected(logger, problem.ToString());
            }

            if (_current is null)
            {
                throw new InvalidDataException($"The content has {problems.Count} problem(s), and the bot does not start without good content:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
            }

            Log.KeptLastGood(logger, _current.Version);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Content {Version} loaded: {Answers} answers.")]
        public static partial void Loaded(ILogger logger, string version, int answers);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Error, Message = "Content problem: {Problem}")]
        public static partial void Rejected(ILogger logger, string problem);

        [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "The edit has problems and was not taken in; content {Version} stays.")]
        public static partial void KeptLastGood(ILogger logger, string version);
    }
}
