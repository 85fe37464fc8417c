using System.Diagnostics;

namespace Bot.Load;

/// <summary>The server as a process of its own, with its data in a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private RunningServer(Process process, string folder, Uri address, TimeSpan startToFirstAnswer)
    {
        _process = process;
        _folder = folder;
        Address = address;
        StartToFirstAnswer = startToFirstAnswer;
    }

    public Uri Address { get; }

    public TimeSpan StartToFirstAnswer { get; }

    public long ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    public static async Task<RunningServer> StartAsync(params string[] settings)
    {
        const string Opening = "Open ";
        var folder = Directory.CreateTempSubdirectory("bot-load-").FullName;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), "--urls=http://127.0.0.1:0", "--DirectLine:PostsPerMinute=1000000", "--DirectLine:TokensPerMinute=1000000", "--Logging:LogLevel:Default=Warning", $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "bot.db")}", $"--DirectLine:SigningKeyFile={Path.Combine(folder, "key")}", .. settings])
        {
            WorkingDirectory = RealContent.Root,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Opening, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                var address = new Uri(line.Split(' ')[1]);
                using var client = await Client.StartAsync(address);
                await client.AskAsync("is heroin an upper or a downer");
                return new RunningServer(process, folder, address, clock.Elapsed);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
