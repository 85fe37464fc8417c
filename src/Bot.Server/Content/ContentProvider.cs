using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Reviews;
using Bot.Core.Turns;
using Microsoft.Extensions.Options;

namespace Bot.Server.Content;

/// <summary>
/// Holds the content. A good edit replaces it whole; a bad one is reported and the last good content stays; without good content there is no start.
/// </summary>
public sealed partial class ContentProvider(
    IOptions<ContentOptions> options, IOptions<HelplineOptions> helplineOptions, IHostEnvironment environment, TimeProvider timeProvider, ILogger<ContentProvider> logger) : IBotContentSource
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
            if (candidate is not null)
            {
                Demand(candidate, problems);
            }

            var warnings = problems.Where(problem => problem.IsWarning).ToList();
            problems.RemoveAll(problem => problem.IsWarning);
            if (candidate is not null && problems.Count == 0)
            {
                if (_current?.Version != candidate.Version)
                {
                    _current = candidate with { IsSectionOnlyWhenOverdue = options.Value.WhenExpired == WhenOverdue.SectionOnly };
                    Log.Loaded(logger, candidate.Version, candidate.KnowledgeBase.Answers.Count);
                    warnings.ForEach(warning => Log.Warned(logger, warning.ToString()));
                    WarnOfReviews();
                    if (ContentReader.Risk.Value is null)
                    {
                        Log.ModelMissing(logger);
                    }
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

    /// <summary>Says how many texts nobody has signed, and names those whose review has expired.</summary>
    public void WarnOfReviews()
    {
        var reviews = Current.Reviews;
        var unreviewed = reviews.Unreviewed.Count();
        if (unreviewed > 0)
        {
            Log.Unreviewed(logger, unreviewed, reviews.Shown.Count());
        }

        foreach (var text in reviews.ExpiredOn(DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime)))
        {
            Log.Expired(logger, text.Id, ReviewBook.Write(reviews.SignOffOf(text.Id)!.ExpiresOn));
        }
    }

    /// <summary>What only the settings can find wrong: a front page that is no source, and, where review is required, texts without a signature.</summary>
    private void Demand(BotContent content, List<ContentProblem> problems)
    {
        var sources = content.KnowledgeBase.Sources;
        if (sources.Count > 0 && sources.All(source => source.Name != options.Value.Article))
        {
            problems.Add(new ContentProblem("dialogs/sources", 0, $"{ContentOptions.SectionName}:{nameof(ContentOptions.Article)} is '{options.Value.Article}', which is no source. Known: {string.Join(", ", sources.Select(source => source.Name))}."));
        }

        if (options.Value.RequireReview)
        {
            problems.AddRange(ReviewProblems.Of(content, ContentOptions.SectionName + ":" + nameof(ContentOptions.RequireReview)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1009, Level = LogLevel.Error, Message = "The risk model of the crisis screen could not be read. The rules run without it; the soft tier finds less.")]
        public static partial void ModelMissing(ILogger logger);

        [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "Content: {Warning}")]
        public static partial void Warned(ILogger logger, string warning);

        [LoggerMessage(EventId = 1007, Level = LogLevel.Warning, Message = "{Unreviewed} of {Texts} texts unreviewed. '-- review-sheet --out FILE.html' writes them out for a reviewer.")]
        public static partial void Unreviewed(ILogger logger, int unreviewed, int texts);

        [LoggerMessage(EventId = 1008, Level = LogLevel.Warning, Message = "The review of {TextId} expired on {ExpiresOn}. Review the text again and sign it.")]
        public static partial void Expired(ILogger logger, string textId, string expiresOn);

        [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Content {Version} loaded: {Answers} answers.")]
        public static partial void Loaded(ILogger logger, string version, int answers);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Error, Message = "Content problem: {Problem}")]
        public static partial void Rejected(ILogger logger, string problem);

        [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "The edit has problems and was not taken in; content {Version} stays.")]
        public static partial void KeptLastGood(ILogger logger, string version);
    }
}
