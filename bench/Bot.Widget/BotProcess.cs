using System.Diagnostics;

namespace Bot.Widget;

/// <summary>The server in a process of its own.</summary>
internal sealed class BotProcess(Process process, string address) : IDisposable
{
    public string Address => address;

    public static async Task<BotProcess> StartAsync(string allowedOrigin)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", $"--DirectLine:AllowedOrigins:0={allowedOrigin}", "--DirectLine:TokensPerMinute=100000"])
        {
            WorkingDirectory = Site.Root,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Open ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new BotProcess(process, line.Split(' ')[1].TrimEnd('/') + "/");
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
