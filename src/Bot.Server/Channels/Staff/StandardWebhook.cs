using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Server.Channels.Staff;

/// <summary>Signatures as the Standard Webhooks specification has them (standardwebhooks.com): HMAC-SHA256 over id, time and body.</summary>
public static class StandardWebhook
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";

    /// <summary>Older or newer than this, a signature may be somebody's who recorded it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Sign(byte[] secret, string id, DateTimeOffset time, string body) =>
        Version + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time.ToUnixTimeSeconds()}.{body}"))));

    /// <summary>True when one of the signatures is right and its time is now.</summary>
    public static bool IsSigned(byte[] secret, string id, string timestamp, string signatures, string body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        if (id.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var right = Encoding.UTF8.GetBytes(Sign(secret, id, DateTimeOffset.FromUnixTimeSeconds(seconds), body));
        return signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), right));
    }
}
