using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bot.Server.Tests.Storage;

/// <summary>A certificate to wrap keys with, as an operator makes one.</summary>
internal static class StorageCertificate
{
    /// <summary>Its file; the password is "secret".</summary>
    public static string Create(string folder)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=faq-bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var file = Path.Combine(folder, "keys.pfx");
        File.WriteAllBytes(file, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "secret"));
        return file;
    }
}
