using System.Security.Cryptography.X509Certificates;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Server.Storage;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class StorageServices
{
    private const string ApplicationName = "faq-bot";

    /// <summary>Conversations and what is remembered of them: in SQLite, in PostgreSQL, or in memory, as the settings say.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        services.AddOptionsWithValidateOnStart<StorageOptions>().BindConfiguration(StorageOptions.SectionName);
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        var options = configuration.GetSection(StorageOptions.SectionName).Get<StorageOptions>() ?? new StorageOptions();
        if (options.IsInMemory)
        {
            return services;
        }

        DefaultTypeMap.MatchNamesWithUnderscores = true;
        services.AddSingleton<Database>();
        services.AddSingleton<TextProtector>();
        services.AddSingleton<LogSignals>();
        services.AddSingleton<SqlStateStore>();
        services.AddSingleton<IStateStore>(provider => provider.GetRequiredService<SqlStateStore>());
        services.AddSingleton<SqlEscalationStore>();
        services.AddSingleton<IEscalationStore>(provider => provider.GetRequiredService<SqlEscalationStore>());
        services.AddSingleton<IConversationLog, SqlConversationLog>();

        if (options.IsPostgreSql)
        {
            // With SQLite there is one process, and its key is in a file that only the owner can read.
            services.AddSingleton<ISharedSecrets, SharedSecrets>();
        }

        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [DatabaseHealth.Ready]);

        // The tables and the keys' folder first: everything else that starts may need them.
        AddProtection(services, options, environment);
        services.AddHostedService<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<LogSignals>());
        services.AddHostedService<StoredCounts>();
        return services;
    }

    private static void AddProtection(IServiceCollection services, StorageOptions options, IHostEnvironment environment)
    {
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, database) => keys.XmlRepository = database.IsPostgreSql ? new ProtectionKeys(database) : null);
        if (!options.IsPostgreSql && Database.FileOf(options.ConnectionString, environment) is { } file)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(Path.GetDirectoryName(file)!, "keys")));
            services.AddHostedService(_ => new KeyFolder(Path.Combine(Path.GetDirectoryName(file)!, "keys")));
        }

        if (options.KeyCertificateFile.Length > 0 && Path.GetFullPath(options.KeyCertificateFile, environment.ContentRootPath) is var path && File.Exists(path))
        {
            protection.ProtectKeysWithCertificate(ReadCertificate(path, options.KeyCertificatePassword));
        }
    }

    private static X509Certificate2 ReadCertificate(string path, string password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw new InvalidDataException($"{StorageOptions.SectionName}:{nameof(StorageOptions.KeyCertificateFile)} '{path}' could not be read: it is no PKCS#12 file, or {nameof(StorageOptions.KeyCertificatePassword)} is not its password.", exception);
        }
    }
}

/// <summary>Makes the folder of the keys before anything is written there, for the owner alone.</summary>
internal sealed class KeyFolder(string path) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(path, OwnerAlone);
                File.SetUnixFileMode(path, OwnerAlone);
            }

            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The keys of what is stored cannot be kept in '{path}': {exception.Message} Make the folder writable, or point {StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)} elsewhere.", exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Brings the tables up to date before anything is served.</summary>
internal sealed class DatabaseStart(Database database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
