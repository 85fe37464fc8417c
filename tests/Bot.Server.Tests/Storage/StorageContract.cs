using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Server.Tests.Storage;

/// <summary>What tests of every kind of storage need: processes of their own on one database, and a clock.</summary>
public abstract class StorageContract : IAsyncDisposable
{
    protected static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    private readonly List<IHost> _hosts = [];

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A process's own services on the database.</summary>
    protected async Task<IServiceProvider> StartAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = RepositoryRoot.Path });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging().AddSingleton<TimeProvider>(Clock).AddDirectLineOptions().AddStorage(builder.Configuration, builder.Environment);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(Now);
        return host.Services;
    }

    /// <summary>Everything that lies on the disk, as text.</summary>
    protected static IReadOnlyList<string> ReadAll(string folder) => [.. Directory.EnumerateFiles(folder, "bot.db*").Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    })];
}
