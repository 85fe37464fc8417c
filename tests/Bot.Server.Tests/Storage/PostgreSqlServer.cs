using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bot.Server.Tests.Storage;

/// <summary>A real PostgreSQL in a folder of its own, stopped and thrown away at the end. Installed by ./test.</summary>
public class PostgreSqlServer : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "bot-postgres-" + Guid.NewGuid().ToString("n")[..8]);
    private readonly int _port = FreePort();
    private int _databases;

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", _folder);
        }

        AsOwner("initdb", "-D", DataFolder, "-A", "trust", "-U", "postgres", "--no-sync");
        Start();
        return ValueTask.CompletedTask;
    }

    /// <summary>An empty database of its own.</summary>
    public string CreateDatabase()
    {
        var name = "bot" + Interlocked.Increment(ref _databases);
        AsOwner("createdb", "-h", _folder, "-p", Port, "-U", "postgres", name);
        return $"Host=127.0.0.1;Port={Port};Username=postgres;Database={name};Maximum Pool Size=30";
    }

    /// <summary>Runs a statement that the product has no reason to run.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All that lies in the tables, bytes as Latin-1.</summary>
    public static async Task<string> DumpAsync(string connectionString)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var text = new System.Text.StringBuilder();
        foreach (var table in new[] { "conversations", "activities", "states", "protection_keys", "secrets" })
        {
            await using var command = new Npgsql.NpgsqlCommand($"SELECT * FROM {table}", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    text.Append(reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : reader.GetValue(i)).Append('\t');
                }
            }
        }

        return text.ToString();
    }

    public void Start() => AsOwner("pg_ctl", "start", "-w", "-D", DataFolder, "-l", Path.Combine(_folder, "log"), "-o", $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200");

    /// <summary>As a crash: nothing is finished.</summary>
    public void Stop() => AsOwner("pg_ctl", "stop", "-w", "-m", "immediate", "-D", DataFolder);

    public virtual ValueTask DisposeAsync()
    {
        try
        {
            Stop();
            Run("rm", "-rf", _folder);
        }
        catch (InvalidOperationException)
        {
            // It was stopped already.
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string DataFolder => Path.Combine(_folder, "data");

    private string Port => _port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static void AsOwner(string program, params string[] arguments)
    {
        var path = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", program)).Last(File.Exists);
        if (Environment.UserName == "root")
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // Its output is not read: the server inherits it, and would keep the pipe open.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "\"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit(TimeSpan.FromSeconds(60));
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}. './test' installs PostgreSQL.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
