using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Server.Tests;

/// <summary>The login service of channels and tenants on loopback HTTPS: metadata, keys that can be changed, tokens for the bot.</summary>
internal sealed class FakeTokenService : IAsyncDisposable
{
    public const string AppId = "11111111-1111-1111-1111-111111111111";
    public const string Tenant = "33333333-3333-3333-3333-333333333333";

    private static readonly string[] Endorsements = ["msteams", "webchat", "directline"];

    private readonly WebApplication _app;
    private readonly Dictionary<string, RSA> _keys = new() { ["k1"] = RSA.Create(2048), ["k2"] = RSA.Create(2048) };
    private int _keyFetches;

    private FakeTokenService(WebApplication app) => _app = app;

    public string Url => _app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>This service's certificate, for a process that is to trust it (<c>SSL_CERT_FILE</c>).</summary>
    public required string CertificatePem { get; init; }

    public string ActiveKey { get; set; } = "k1";

    /// <summary>How often the keys were asked for.</summary>
    public int KeyFetches => _keyFetches;

    public int TokenRequests { get; private set; }

    public string LastTokenRequest { get; private set; } = string.Empty;

    public Dictionary<string, string?> Settings => new()
    {
        ["MicrosoftAppType"] = "SingleTenant",
        ["MicrosoftAppId"] = AppId,
        ["MicrosoftAppPassword"] = "secret",
        ["MicrosoftAppTenantId"] = Tenant,
        ["ValidateAuthority"] = "false",
        ["ToBotFromChannelOpenIdMetadataUrl"] = Url + "/channel/.well-known/openidconfiguration",
        ["ToBotFromEmulatorOpenIdMetadataUrl"] = Url + "/tenant/.well-known/openidconfiguration",
        ["ToChannelFromBotLoginUrl"] = Url + "/tenant",
    };

    public static async Task<FakeTokenService> StartAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null))));
        var app = builder.Build();
        var service = new FakeTokenService(app) { CertificatePem = certificate.ExportCertificatePem() };
        app.Run(service.HandleAsync);
        await app.StartAsync();
        return service;
    }

    /// <summary>The bot's own HTTP clients trust this service's certificate.</summary>
    public static void Trust(IServiceCollection services) =>
        services.AddHttpClient(string.Empty).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" } });

    /// <summary>A token as a channel sends it; <paramref name="change"/> makes it odd.</summary>
    public string CreateToken(string serviceUrl, Action<Dictionary<string, object?>>? change = null, string signedBy = "k1", string keyId = "k1", string algorithm = "RS256")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?> { ["iss"] = "https://api.botframework.com", ["aud"] = AppId, ["serviceurl"] = serviceUrl, ["nbf"] = now - 10, ["exp"] = now + 600 };
        change?.Invoke(claims);
        var head = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = keyId, typ = "JWT" })) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        var bytes = Encoding.ASCII.GetBytes(head);
        return head + "." + algorithm switch
        {
            "none" => string.Empty,
            "PS256" => Encode(_keys[signedBy].SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            "RS384" => Encode(_keys[signedBy].SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            _ => Encode(_keys[signedBy].SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/keys", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _keyFetches);
            var key = _keys[ActiveKey].ExportParameters(false);
            await context.Response.WriteAsJsonAsync(new { keys = new[] { new { kty = "RSA", use = "sig", kid = ActiveKey, n = Encode(key.Modulus!), e = Encode(key.Exponent!), endorsements = Endorsements } } });
        }
        else if (path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal))
        {
            TokenRequests++;
            using var reader = new StreamReader(context.Request.Body);
            LastTokenRequest = path + "?" + await reader.ReadToEndAsync(context.RequestAborted);
            await context.Response.WriteAsJsonAsync(new { token_type = "Bearer", expires_in = 3599, access_token = "FAKE-OUTBOUND-TOKEN" });
        }
        else if (path.Contains("openid", StringComparison.Ordinal))
        {
            var own = Url + path[..path.IndexOf('/', 1)];
            await context.Response.WriteAsJsonAsync(new { issuer = "https://api.botframework.com", jwks_uri = own + "/keys", authorization_endpoint = own + "/oauth2/v2.0/authorize", token_endpoint = Url + "/" + Tenant + "/oauth2/v2.0/token" });
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
