using System.Diagnostics;
using System.Globalization;

namespace Bot.Server.Tests;

/// <summary>The server as an operator starts it: a process of its own, with its exit code and its complaints.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        // One that starts after all would never end.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var now = patience.Token;
        using var process = Start(0, arguments);
        using var end = now.Register(() => process.Kill());
        var output = process.StandardOutput.ReadToEndAsync(now);
        var error = await process.StandardError.ReadToEndAsync(now);
        await process.WaitForExitAsync(now);
        await output;
        return (process.ExitCode, error);
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<ServerProcess> StartAsync(int port, params string[] arguments)
    {
        var process = Start(port, arguments);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("Open ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new ServerProcess(process, new Uri(line.Split(' ')[1]));
            }
        }

        throw new InvalidOperationException("The server did not start: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>As an operator's Ctrl+C or a supervisor's stop: what is under way is finished.</summary>
    public async Task StopAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>As a power cut: nothing is said, nothing is finished.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static Process Start(int port, string[] arguments)
    {
        // The build's own output beside the tests': debug or release as they are.
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Bot.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Bot.Server.dll"));
        var scratch = Directory.CreateTempSubdirectory("bot-tests-").FullName;
        return Process.Start(new ProcessStartInfo("dotnet", [program, $"--urls=http://127.0.0.1:{port}", $"--DirectLine:SigningKeyFile={Path.Combine(scratch, "direct-line.key")}", $"--Storage:ConnectionString=Data Source={Path.Combine(scratch, "bot.db")}", .. arguments])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }
}
