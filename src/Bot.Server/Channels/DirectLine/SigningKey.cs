using System.Security.Cryptography;
using Bot.Core.Conversations;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Bot.Server.Channels.DirectLine;

/// <summary>The key that signs Direct Line tokens: from the settings, or made once and kept in the storage that replicas share, or in a file that only the owner can read.</summary>
public sealed class SigningKey
{
    private const int KeyBytes = 64;
    private const int FewestKeyBytes = 32;

    private const string SecretName = "direct-line-signing-key";

    private readonly Lazy<SymmetricSecurityKey> _key;

    public SigningKey(IOptions<DirectLineOptions> options, IHostEnvironment environment, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        if (options.Value.SigningKey.Length == 0 && services.GetService<ISharedSecrets>() is { } secrets)
        {
            // When first needed: the tables are made after this.
            _key = new(() => new SymmetricSecurityKey(Task.Run(() => secrets.GetOrCreateAsync(SecretName, () => RandomNumberGenerator.GetBytes(KeyBytes), CancellationToken.None)).GetAwaiter().GetResult()), LazyThreadSafetyMode.PublicationOnly);
            return;
        }

        var bytes = options.Value.SigningKey.Length > 0
            ? Decode(options.Value.SigningKey, "DirectLine:SigningKey")
            : ReadOrExplain(Path.GetFullPath(options.Value.SigningKeyFile, environment.ContentRootPath));
        _key = new(new SymmetricSecurityKey(bytes));
    }

    public SymmetricSecurityKey Key => _key.Value;

    private static byte[] ReadOrExplain(string path)
    {
        try
        {
            return ReadOrCreate(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The signing key cannot be kept in '{path}': {exception.Message} Make the folder writable, point DirectLine:SigningKeyFile elsewhere, or set DirectLine:SigningKey.", exception);
        }
    }

    private static byte[] ReadOrCreate(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            var temporary = $"{path}.{Guid.NewGuid():n}";
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(temporary, create))
            {
                writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it first; its key is the one.
                File.Delete(temporary);
            }
        }

        return Decode(File.ReadAllText(path).Trim(), path);
    }

    private static byte[] Decode(string text, string where)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= FewestKeyBytes
            ? bytes[..length]
            : throw new InvalidDataException($"{where} is not base64 of at least {FewestKeyBytes} bytes. Delete the file to have a new key made (open chats then begin anew), or correct the setting.");
    }
}
