using System.Net;
using System.Net.Http.Json;

namespace Bot.Server.Tests;

/// <summary>Who may deliver to <c>/api/messages</c>, and where the bot's own token goes.</summary>
public class TokenTests
{
    [Fact]
    public async Task All22TokenCases_InOneRunOfTheServer()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var login = await FakeTokenService.StartAsync();
        await using var server = new BotServer(login.Settings, FakeTokenService.Trust);
        var url = channel.ServiceUrl;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string Token(Action<Dictionary<string, object?>>? change = null, string signedBy = "k1", string keyId = "k1", string algorithm = "RS256") => login.CreateToken(url, change, signedBy, keyId, algorithm);
        void Times(Dictionary<string, object?> claims, long notBefore, long expires) => (claims["nbf"], claims["exp"]) = (now + notBefore, now + expires);

        var cases = new List<(string Name, int Expected, int Actual)>();
        async Task Case(string name, int expected, string? header, Action<Dictionary<string, object?>>? change = null) =>
            cases.Add((name, expected, (int)await PostAsync(server, channel, header, change)));

        await Case("garbage before any key is known", 401, "Bearer a.b.c");
        Assert.Equal(0, login.KeyFetches);
        await Case("valid", 200, "Bearer " + Token());
        await Case("lower-case scheme", 200, "bearer " + Token());
        await Case("no header", 401, null);
        await Case("wrong audience", 401, "Bearer " + Token(claims => claims["aud"] = "22222222-2222-2222-2222-222222222222"));
        await Case("wrong issuer", 401, "Bearer " + Token(claims => claims["iss"] = "https://evil"));
        await Case("expired 10 minutes ago", 401, "Bearer " + Token(claims => Times(claims, -1200, -600)));
        await Case("expired 2 minutes ago", 200, "Bearer " + Token(claims => Times(claims, -1200, -120)));
        await Case("valid in 10 minutes", 401, "Bearer " + Token(claims => Times(claims, 600, 1200)));
        await Case("another service URL", 401, "Bearer " + Token(claims => claims["serviceurl"] = "http://other"));
        await Case("no service URL", 401, "Bearer " + Token(claims => claims.Remove("serviceurl")));
        await Case("service URL in another case", 200, "Bearer " + Token(claims => claims["serviceurl"] = url.ToUpperInvariant()));
        await Case("a channel not endorsed", 401, "Bearer " + Token(), activity => activity["channelId"] = "slack");
        await Case("no channel id", 200, "Bearer " + Token(), activity => activity.Remove("channelId"));
        await Case("signed by another key", 401, "Bearer " + Token(signedBy: "k2"));
        await Case("unknown key id", 401, "Bearer " + Token(signedBy: "k2", keyId: "k9"));
        await Case("algorithm none", 401, "Bearer " + Token(algorithm: "none"));
        await Case("algorithm PS256", 401, "Bearer " + Token(algorithm: "PS256"));
        await Case("algorithm RS384", 200, "Bearer " + Token(algorithm: "RS384"));
        await Case("garbage of three parts", 401, "Bearer a.b.c");
        await Case("garbage of one part", 401, "Bearer abc");
        login.ActiveKey = "k2";
        await Case("key changed, first try", 200, "Bearer " + Token(signedBy: "k2", keyId: "k2"));
        await Case("key changed, second try", 200, "Bearer " + Token(signedBy: "k2", keyId: "k2"));

        Assert.DoesNotContain(cases, one => one.Actual != one.Expected);
        Assert.Equal(8, cases.Count(one => one.Expected == 200));
        Assert.Equal(3, login.KeyFetches);
    }

    [Fact]
    public async Task ForgedKeyIds_MakeTheBotAskForKeysAFewTimesOnly()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var login = await FakeTokenService.StartAsync();
        await using var server = new BotServer(login.Settings, FakeTokenService.Trust);

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(server, channel, "Bearer " + login.CreateToken(channel.ServiceUrl, keyId: "forged-" + i)));
        }

        Assert.InRange(login.KeyFetches, 1, 10);
    }

    [Fact]
    public async Task TheBotsToken_IsAskedForOnceInItsOwnTenant_AndGoesToTheClaimedServiceUrl()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var login = await FakeTokenService.StartAsync();
        await using var server = new BotServer(login.Settings, FakeTokenService.Trust);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(server, channel, "Bearer " + login.CreateToken(channel.ServiceUrl)));
        }

        Assert.Equal(3, channel.Sent.Count);
        Assert.All(channel.Sent, sent => Assert.Equal("Bearer FAKE-OUTBOUND-TOKEN", sent.Authorization));
        Assert.Equal(1, login.TokenRequests);
        Assert.StartsWith("/" + FakeTokenService.Tenant + "/oauth2/v2.0/token?", login.LastTokenRequest, StringComparison.Ordinal);
        Assert.Contains("scope=https%3A%2F%2Fapi.botframework.com%2F.default", login.LastTokenRequest, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("FAKE-OUTBOUND-TOKEN", server.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenOfTheOwnTenant_IsTaken_ButProvesNoServiceUrl()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var login = await FakeTokenService.StartAsync();
        await using var server = new BotServer(login.Settings, FakeTokenService.Trust);
        string Own(string appId) => login.CreateToken(channel.ServiceUrl, claims =>
        {
            (claims["iss"], claims["ver"], claims["azp"]) = ($"https://login.microsoftonline.com/{FakeTokenService.Tenant}/v2.0", "2.0", appId);
            claims.Remove("serviceurl");
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(server, channel, "Bearer " + Own("22222222-2222-2222-2222-222222222222")));
        var own = await PostAsync(server, channel, "Bearer " + Own(FakeTokenService.AppId));

        var inTheAnswer = await PostAsync(server, channel, "Bearer " + Own(FakeTokenService.AppId), activity => activity["deliveryMode"] = "expectReplies");

        Assert.Equal(HttpStatusCode.Unauthorized, own);
        Assert.Equal(HttpStatusCode.OK, inTheAnswer);
        Assert.Empty(channel.Sent);
        Assert.Equal(0, login.TokenRequests);
    }

    [Fact]
    public async Task WithoutKeys_MessagesAreRefusedForNow()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var login = await FakeTokenService.StartAsync();
        var settings = login.Settings;
        settings["ToBotFromChannelOpenIdMetadataUrl"] = login.Url + "/missing";
        await using var server = new BotServer(settings, FakeTokenService.Trust);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(server, channel, "Bearer " + login.CreateToken(channel.ServiceUrl)));
        Assert.Contains("could not be fetched", server.Logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MicrosoftAppPassword", "", "MicrosoftAppPassword is empty")]
    [InlineData("MicrosoftAppType", "Odd", "MicrosoftAppType is 'Odd'")]
    [InlineData("ChannelService", "https://nowhere", "ChannelService is 'https://nowhere'")]
    [InlineData("Channels:CertificateFile", "no-such.pfx", "no-such.pfx")]
    [InlineData("Channels:PublicUrl", "faq.example.org", "Channels:PublicUrl is 'faq.example.org'")]
    [InlineData("Channels:LocalEmergencyNumber", "call me", "Channels:LocalEmergencyNumber must be")]
    public async Task AHalfSetIdentity_IsToldAtStart(string name, string value, string message)
    {
        string[] arguments = ["--MicrosoftAppId=" + FakeTokenService.AppId, "--MicrosoftAppPassword=secret", "--MicrosoftAppTenantId=" + FakeTokenService.Tenant, $"--{name}={value}"];

        var (exitCode, error) = await ServerProcess.RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostAsync(BotServer server, FakeChannel channel, string? authorization, Action<Dictionary<string, object?>>? change = null)
    {
        var activity = channel.Activity("message", change: one =>
        {
            one["text"] = "hello";
            change?.Invoke(one);
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = JsonContent.Create(activity) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
