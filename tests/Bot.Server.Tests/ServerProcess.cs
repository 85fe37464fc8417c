using System.Diagnostics;

namespace Bot.Server.Tests;

/// <summary>The server as an operator starts it: a process of its own, with its exit code and its complaints.</summary>
internal static class ServerProcess
{
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        var now = TestContext.Current.CancellationToken;

        // The build's own output beside the tests': debug or release as they are.
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Bot.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Bot.Server.dll"));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", .. arguments])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(now);
        var error = await process.StandardError.ReadToEndAsync(now);
        await process.WaitForExitAsync(now);
        await output;
        return (process.ExitCode, error);
    }
}
