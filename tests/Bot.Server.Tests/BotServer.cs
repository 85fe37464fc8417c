using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Server.Tests;

/// <summary>The whole bot on a real port, with the real content, and everything it logged.</summary>
public sealed class BotServer : WebApplicationFactory<Program>
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("bot-tests-").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly RecordingLogs _logs = new();

    public BotServer()
        : this(null)
    {
    }

    internal BotServer(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        _settings = settings ?? [];
        _services = services;
        UseKestrel(0);
        StartServer();
        Address = new Uri(ClientOptions.BaseAddress.ToString());
    }

    public Uri Address { get; }

    /// <summary>Every line logged so far, at every level.</summary>
    public string Logged => _logs.Text;

    internal static string CopyContent()
    {
        var copy = Directory.CreateTempSubdirectory("bot-content-").FullName;
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("dialogs"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(RepositoryRoot.Combine("dialogs"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(RepositoryRoot.Path);
        builder.UseSetting("Storage:ConnectionString", $"Data Source={Path.Combine(_scratch, "bot.db")}");
        builder.UseSetting("DirectLine:SigningKeyFile", Path.Combine(_scratch, "direct-line.key"));
        builder.UseSetting("DirectLine:TokensPerMinute", "100000");
        builder.UseSetting("DirectLine:PostsPerMinute", "100000");
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace));
        if (_services is not null)
        {
            builder.ConfigureServices(_services);
        }
    }

    private sealed class RecordingLogs : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

        public void Dispose()
        {
        }

        private sealed class Recorder(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                lines.Enqueue($"scope {state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = new StringBuilder().Append(logLevel).Append(' ').Append(category).Append(' ').Append(formatter(state, exception));
                if (state is IEnumerable<KeyValuePair<string, object?>> values)
                {
                    line.AppendJoin(' ', values.Select(value => $"{value.Key}={value.Value}"));
                }

                lines.Enqueue(line.Append(' ').Append(exception).ToString());
            }
        }
    }
}
