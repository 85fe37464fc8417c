using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Server.Storage;

/// <summary>Encrypts what people type before it is stored.</summary>
public sealed class TextProtector(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Bot.Storage.v1");

    public byte[] Protect(string text) => _protector.Protect(Encoding.UTF8.GetBytes(text));

    /// <summary>Throws <see cref="CryptographicException"/> when the keys are not those it was encrypted with.</summary>
    public string Unprotect(byte[] body) => Encoding.UTF8.GetString(_protector.Unprotect(body));
}
