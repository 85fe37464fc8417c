using Microsoft.Extensions.Options;

namespace Bot.Server.Storage;

/// <summary>Where conversations and what is remembered of them are kept.</summary>
public sealed class StorageOptions
{
    public const string SectionName = "Storage";

    /// <summary>The word that keeps everything in memory, for one process that forgets all at its end.</summary>
    public const string InMemory = "memory";

    /// <summary>SQLite (<c>Data Source=data/bot.db</c>), PostgreSQL (<c>Host=…;Database=…;Username=…</c>), or <c>memory</c>. Never logged.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/bot.db";

    /// <summary>A PKCS#12 file. Its key wraps the keys that encrypt what is stored. Needed with PostgreSQL, where the keys are in the same database.</summary>
    public string KeyCertificateFile { get; set; } = string.Empty;

    public string KeyCertificatePassword { get; set; } = string.Empty;

    internal bool IsInMemory => string.Equals(ConnectionString, InMemory, StringComparison.OrdinalIgnoreCase);

    internal bool IsPostgreSql => ConnectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}

internal sealed class StorageOptionsValidator(IHostEnvironment environment) : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (!options.IsInMemory && !options.IsPostgreSql && !options.ConnectionString.Contains("Data Source=", StringComparison.OrdinalIgnoreCase))
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)} is none of 'Data Source=FILE' (SQLite), 'Host=…;Database=…;Username=…' (PostgreSQL) and 'memory'.");
        }

        if (options.IsPostgreSql && options.KeyCertificateFile.Length == 0)
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.SectionName}:{nameof(StorageOptions.KeyCertificateFile)} is empty. With PostgreSQL the keys that encrypt what people type lie in the same database, so a certificate must wrap them: name a PKCS#12 file (docs/operations.md).");
        }

        return options.KeyCertificateFile.Length > 0 && !File.Exists(Path.GetFullPath(options.KeyCertificateFile, environment.ContentRootPath))
            ? ValidateOptionsResult.Fail($"{StorageOptions.SectionName}:{nameof(StorageOptions.KeyCertificateFile)} is '{options.KeyCertificateFile}', and there is no such file.")
            : ValidateOptionsResult.Success;
    }
}
