using Bot.Core.Turns;
using Microsoft.Extensions.Options;

namespace Bot.Server.Content;

/// <summary>Loads the content before the server listens, warns of unchecked numbers, and takes in edits once they have settled.</summary>
public sealed partial class ContentWatcher(ContentProvider provider, IOptions<ContentOptions> options, TimeProvider timeProvider, ILogger<ContentWatcher> logger) : IHostedService, IDisposable
{
    /// <summary>Editors write a file in several steps; the content is read when nothing changed for this long.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private FileSystemWatcher? _watcher;
    private ITimer? _timer;
    private ITimer? _daily;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        WarnOfUncheckedNumbers(provider.Current);
        _daily = timeProvider.CreateTimer(_ => provider.WarnOfReviews(), null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        if (options.Value.ReloadOnChange)
        {
            _timer = timeProvider.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _watcher = new FileSystemWatcher(provider.Folder) { IncludeSubdirectories = true };
            _watcher.Changed += OnChanged;
            _watcher.Created += OnChanged;
            _watcher.Deleted += OnChanged;
            _watcher.Renamed += OnChanged;
            _watcher.Error += (_, _) => _timer.Change(Settling, Timeout.InfiniteTimeSpan);
            _watcher.EnableRaisingEvents = true;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _timer?.Dispose();
        _daily?.Dispose();
    }

    private void OnChanged(object sender, FileSystemEventArgs change) => _timer?.Change(Settling, Timeout.InfiniteTimeSpan);

    private void Reload()
    {
        try
        {
            provider.Reload();
        }
        catch (Exception exception)
        {
            // The last good content stays whatever a half-written file does.
            Log.ReloadFailed(logger, exception);
        }
    }

    private void WarnOfUncheckedNumbers(BotContent content)
    {
        foreach (var helpline in content.Helplines.Unchecked)
        {
            Log.Unchecked(logger, helpline.Id, helpline.Call ?? helpline.TextTo ?? string.Empty);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1004, Level = LogLevel.Error, Message = "Reading the changed content failed; the last good content stays.")]
        public static partial void ReloadFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "Helpline {HelplineId}, {Number}: nobody has checked the number or its hours. It is shown with 'hours not confirmed'. Call it, then set checkedOn and hours in dialogs/crisis/helplines.yml.")]
        public static partial void Unchecked(ILogger logger, string helplineId, string number);
    }
}
