using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bot.Server.Storage;

/// <summary>SQLite or PostgreSQL behind the same statements: connections, transactions, and the tables, brought up to date at start.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int CommandSeconds = 5;
    private const int ConnectSeconds = 3;
    private const long MigrationLock = 20261123;

    private readonly string _connectionString;
    private readonly NpgsqlDataSource? _postgreSql;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _pen = new(1, 1);

    public Database(IOptions<StorageOptions> options, IHostEnvironment environment, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        _timeProvider = timeProvider;
        try
        {
            if (options.Value.IsPostgreSql)
            {
                _connectionString = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString) { CommandTimeout = CommandSeconds, Timeout = ConnectSeconds, ApplicationName = "faq-bot" }.ConnectionString;
                _postgreSql = NpgsqlDataSource.Create(_connectionString);
                return;
            }

            var builder = new SqliteConnectionStringBuilder(options.Value.ConnectionString) { DefaultTimeout = CommandSeconds, ForeignKeys = true };
            builder.DataSource = Path.GetFullPath(builder.DataSource, environment.ContentRootPath);
            Folder = Path.GetDirectoryName(builder.DataSource)!;
            _connectionString = builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            // The message may quote a password.
            throw new InvalidDataException($"{StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)} cannot be read: an unknown word, or a value of the wrong kind.");
        }
    }

    /// <summary>SQLite's file; null when the connection string names none or cannot be read.</summary>
    internal static string? FileOf(string connectionString, IHostEnvironment environment)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString).DataSource is { Length: > 0 } file ? Path.GetFullPath(file, environment.ContentRootPath) : null;
        }
        catch (ArgumentException)
        {
            // Told by the validation of the settings.
            return null;
        }
    }

    public bool IsPostgreSql => _postgreSql is not null;

    /// <summary>Where SQLite's file lies; null with PostgreSQL.</summary>
    public string? Folder { get; }

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Now by the database's own clock, in milliseconds since 1970: by it several processes agree, and one whose clock jumps changes nothing.</summary>
    public string SharedNow => IsPostgreSql ? "(extract(epoch from clock_timestamp()) * 1000)::bigint" : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    /// <summary>Appended to a SELECT that must hold the row until the transaction ends.</summary>
    public string ForUpdate => IsPostgreSql ? " FOR UPDATE" : string.Empty;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_postgreSql is not null)
        {
            return await _postgreSql.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs the work in a transaction that writes: all of it, or nothing.</summary>
    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (IsPostgreSql)
        {
            return await TransactAsync(work, cancellationToken);
        }

        // SQLite has one pen. Left to itself it lets whoever waits look again now and then, and the unlucky wait for a second.
        await _pen.WaitAsync(cancellationToken);
        try
        {
            return await TransactAsync(work, cancellationToken);
        }
        finally
        {
            _pen.Release();
        }
    }

    private async Task<T> TransactAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);

        // To ask for the pen at the beginning is never to fail in the middle: a command line may be writing too.
        await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Makes the tables, or brings them to this version. Throws <see cref="InvalidDataException"/> when that cannot be done.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Folder is not null)
            {
                Directory.CreateDirectory(Folder);
                MakeOwnersAlone(new SqliteConnectionStringBuilder(_connectionString).DataSource);
                await using var connection = await OpenAsync(cancellationToken);
                await connection.ExecuteAsync("PRAGMA journal_mode = WAL;");
            }

            await WriteAsync(
                async (connection, transaction) =>
                {
                    if (IsPostgreSql)
                    {
                        // Replicas that start together take turns.
                        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction);
                    }

                    await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)", transaction: transaction);
                    var done = (await connection.QueryAsync<int>("SELECT number FROM migrations", transaction: transaction)).ToHashSet();
                    foreach (var (number, sql) in Migrations().Where(migration => !done.Contains(migration.Number)))
                    {
                        await connection.ExecuteAsync(sql.Replace("{bytes}", IsPostgreSql ? "BYTEA" : "BLOB", StringComparison.Ordinal), transaction: transaction);
                        await connection.ExecuteAsync("INSERT INTO migrations (number) VALUES (@number)", new { number }, transaction);
                    }

                    return true;
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new InvalidDataException($"The database of {StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)} cannot be used ({exception.GetType().Name}{(exception is PostgresException { SqlState: var state } ? " " + state : string.Empty)}). Is it running, is the address right, may this account write to it?", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }
        else
        {
            _pen.Dispose();
            SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        }
    }

    /// <summary>SQLite gives its other files the mode of this one.</summary>
    private static void MakeOwnersAlone(string file)
    {
        using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
        {
            // Made when it was not there.
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static IEnumerable<(int Number, string Sql)> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
