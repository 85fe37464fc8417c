using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bot.Faults;

/// <summary>Server processes on fixed ports: any may be killed at any time, and comes back.</summary>
internal sealed class Replicas(int count, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    private readonly int[] _ports = [.. Enumerable.Range(0, count).Select(_ => FreePort())];
    private readonly Process?[] _processes = new Process?[count];

    private readonly string _clocks = Directory.CreateTempSubdirectory("bot-clocks-").FullName;

    public int Count => count;

    public Uri Address(int replica) => new($"http://127.0.0.1:{_ports[replica]}/");

    public async Task StartAsync(int replica)
    {
        // With this program's own dependencies, so that the server finds the clock that jumps.
        var start = new ProcessStartInfo("dotnet", ["exec", "--depsfile", Own("deps.json"), "--runtimeconfig", Own("runtimeconfig.json"), Path.Combine(AppContext.BaseDirectory, "Bot.Server.dll"), $"--urls=http://127.0.0.1:{_ports[replica]}", "--Logging:LogLevel:Default=None", "--DirectLine:TokensPerMinute=1000000", "--DirectLine:PostsPerMinute=1000000", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(JumpingClock).Assembly.GetName().Name;
        start.Environment[JumpingClock.FileVariable] = ClockOf(replica);
        var process = Process.Start(start)!;
        _processes[replica] = process;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Open ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return;
            }
        }
    }

    /// <summary>Sets a replica's clock that much ahead, or behind.</summary>
    public void Jump(int replica, TimeSpan offset) => File.WriteAllText(ClockOf(replica), offset.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>As a power cut. It may not have come up from the last one.</summary>
    public void Kill(int replica)
    {
        if (_processes[replica] is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    public bool IsDown(int replica) => _processes[replica] is not { HasExited: false };

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            Kill(i);
        }

        if (Directory.Exists(_clocks))
        {
            Directory.Delete(_clocks, recursive: true);
        }
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException($"No Bot.sln above {AppContext.BaseDirectory}.");
        }
    }

    private string ClockOf(int replica) => Path.Combine(_clocks, replica.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string Own(string extension) => Path.Combine(AppContext.BaseDirectory, $"{typeof(Replicas).Assembly.GetName().Name}.{extension}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
