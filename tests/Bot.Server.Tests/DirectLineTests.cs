using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Bot.Core.Knowledge;
using Bot.Core.Matching;
using Microsoft.Bot.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Server.Tests;

/// <summary>The Direct Line contract that Web Chat and the widget rely on, over real HTTP and real sockets.</summary>
public sealed class DirectLineTests(BotServer server) : IClassFixture<BotServer>
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ANewConversation_Is201ThenReconnects200WithTheGreeting()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/v3/directline/") };
        var generated = await DirectLineClient.ReadAsync(await http.PostAsync("tokens/generate", null, Now));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", generated.GetProperty("token").GetString());
        var id = generated.GetProperty("conversationId").GetString();

        var first = await http.PostAsJsonAsync("conversations", new { user = new { }, locale = "es-MX" }, Now);
        var again = await http.PostAsJsonAsync("conversations", new { }, Now);
        var reconnected = await http.GetAsync(new Uri($"conversations/{id}?watermark=0", UriKind.Relative), Now);

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK], new[] { first.StatusCode, again.StatusCode, reconnected.StatusCode });
        Assert.Equal(1800, generated.GetProperty("expires_in").GetInt32());
        var body = await DirectLineClient.ReadAsync(first);
        Assert.Equal(id, body.GetProperty("conversationId").GetString());
        Assert.StartsWith("ws://", body.GetProperty("streamUrl").GetString(), StringComparison.Ordinal);
        var claims = JsonElement.Parse(Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(generated.GetProperty("token").GetString()!.Split('.')[1])));
        Assert.StartsWith("dl_", claims.GetProperty("user").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AMessage_IsEchoedWithItsClientIdAndAnsweredByTheBot()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        await client.SayAsync(new { type = "message", text = "is heroin an upper or a downer", from = new { id = "somebody else", role = "bot" }, channelData = new { clientActivityID = "c1" }, somethingUnknown = 7 });

        var echo = (await client.AllAsync()).Single(activity => activity.GetProperty("from").GetProperty("role").GetString() == "user");
        Assert.Equal("c1", echo.GetProperty("channelData").GetProperty("clientActivityID").GetString());
        Assert.StartsWith("dl_", echo.GetProperty("from").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, echo.GetProperty("somethingUnknown").GetInt32());
        Assert.Equal($"{client.ConversationId}|0000002", echo.GetProperty("id").GetString());
        Assert.Equal("directline", echo.GetProperty("channelId").GetString());
        var reply = (await client.AllAsync())[^1];
        Assert.Equal(echo.GetProperty("id").GetString(), reply.GetProperty("replyToId").GetString());
        Assert.DoesNotContain("null", reply.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TheSameClientIdTwice_IsAnsweredOnce()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        var message = new { type = "message", text = "what is heroin", channelData = new { clientActivityID = "same" } };

        var first = await DirectLineClient.ReadAsync(await client.PostAsync(message));
        var second = await DirectLineClient.ReadAsync(await client.PostAsync(message));
        await client.NextReplyAsync();
        await client.SayAsync("thanks");

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(5, (await client.AllAsync()).Count);
    }

    [Fact]
    public async Task Post_ManyAtOnce_AreAnsweredOneAtATimeAndInOrder()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        for (var i = 0; i < 20; i++)
        {
            (await client.PostAsync(new { type = "message", text = "what is heroin" })).EnsureSuccessStatusCode();
        }

        for (var i = 0; i < 20; i++)
        {
            await client.NextReplyAsync();
        }

        var all = await client.AllAsync();
        var asked = all.Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "user").Select(activity => activity.GetProperty("id").GetString());
        var answered = all.Where(activity => activity.TryGetProperty("replyToId", out _)).Select(activity => activity.GetProperty("replyToId").GetString());
        Assert.Equal(asked, answered);
    }

    [Fact]
    public async Task Poll_AfterAWatermark_GivesOnlyWhatIsNew()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        var first = await PollAsync(client, string.Empty);
        await client.SayAsync("hello");

        var next = await PollAsync(client, first.GetProperty("watermark").GetString()!);
        var nothing = await PollAsync(client, next.GetProperty("watermark").GetString()!);

        Assert.Equal(2, next.GetProperty("activities").GetArrayLength());
        Assert.Equal(0, nothing.GetProperty("activities").GetArrayLength());
        Assert.Equal(next.GetProperty("watermark").GetString(), nothing.GetProperty("watermark").GetString());
    }

    [Fact]
    public async Task Stream_ReplaysThenPushes_AndAReconnectMissesNothing()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(client.StreamUrl, Now);

        var greeting = await ReceiveAsync(socket);
        await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, true, Now);
        await client.PostAsync(new { type = "message", text = "is heroin addictive" });
        var seen = new List<JsonElement>();
        while (seen.Count < 2)
        {
            seen.AddRange((await ReceiveAsync(socket)).GetProperty("activities").EnumerateArray());
        }

        socket.Abort();
        await client.NextReplyAsync();
        await client.SayAsync("what is heroin");
        var again = await DirectLineClient.ReadAsync(await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}?watermark={greeting.GetProperty("watermark").GetString()}", UriKind.Relative), Now));
        using var second = new ClientWebSocket();
        await second.ConnectAsync(new Uri(again.GetProperty("streamUrl").GetString()!), Now);
        var replayed = await ReceiveAsync(second);

        Assert.Equal(1, greeting.GetProperty("activities").GetArrayLength());
        Assert.Contains("pleasure center", seen[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, replayed.GetProperty("activities").GetArrayLength());
    }

    [Fact]
    public async Task Stop_WithAnOpenSocket_DoesNotWaitForIt()
    {
        var stopping = new BotServer();
        using var client = await DirectLineClient.StartAsync(stopping.Address);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(client.StreamUrl, Now);
        await ReceiveAsync(socket);

        await stopping.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Now);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer garbage", HttpStatusCode.Forbidden)]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiZGxfeCJ9.", HttpStatusCode.Forbidden)]
    [InlineData("Basic abc", HttpStatusCode.Unauthorized)]
    public async Task EveryCall_WithoutAGoodToken_IsRefusedWithAnErrorBody(string? authorization, HttpStatusCode expected)
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/v3/directline/") };
        if (authorization is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (method, path) in new[] { ("POST", "conversations"), ("POST", "tokens/refresh"), ("GET", $"conversations/{client.ConversationId}"), ("GET", $"conversations/{client.ConversationId}/activities"), ("POST", $"conversations/{client.ConversationId}/activities") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var response = await http.SendAsync(request, Now);

            Assert.Equal(expected, response.StatusCode);
            Assert.NotEmpty(await ErrorCodeAsync(response));
        }
    }

    [Fact]
    public async Task ATokenOfAnotherConversation_OpensNothing()
    {
        using var mine = await DirectLineClient.StartAsync(server.Address);
        using var other = await DirectLineClient.StartAsync(server.Address);

        var poll = await mine.Http.GetAsync(new Uri($"conversations/{other.ConversationId}/activities", UriKind.Relative), Now);
        var post = await mine.Http.PostAsJsonAsync($"conversations/{other.ConversationId}/activities", new { type = "message", text = "hi" }, Now);
        using var socket = new ClientWebSocket();
        var stolen = new UriBuilder(mine.StreamUrl) { Path = $"/v3/directline/conversations/{other.ConversationId}/stream" }.Uri;

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (poll.StatusCode, post.StatusCode));
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(stolen, Now));
    }

    [Fact]
    public async Task AConversationTokenInAStreamsAddress_OpensNothing()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        using var socket = new ClientWebSocket();

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{client.StreamUrl.Authority}{client.StreamUrl.AbsolutePath}?t={client.Token}"), Now));
    }

    [Fact]
    public async Task Token_AfterHalfAnHour_IsExpired_AndAfterAnHourTheConversationIsForgotten()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var timed = new BotServer(null, services => services.AddSingleton<TimeProvider>(clock));
        using var client = await DirectLineClient.StartAsync(timed.Address);
        await client.NextReplyAsync();

        clock.Advance(TimeSpan.FromMinutes(29));
        var refreshed = await DirectLineClient.ReadAsync(await client.Http.PostAsync("tokens/refresh", null, Now));
        clock.Advance(TimeSpan.FromMinutes(2));
        var expired = await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/activities", UriKind.Relative), Now);
        client.UseToken(refreshed.GetProperty("token").GetString()!);
        var alive = await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/activities", UriKind.Relative), Now);
        var renewed = await DirectLineClient.ReadAsync(await client.Http.PostAsync("tokens/refresh", null, Now));
        client.UseToken(renewed.GetProperty("token").GetString()!);
        clock.Advance(TimeSpan.FromMinutes(29.5));
        client.UseToken((await DirectLineClient.ReadAsync(await client.Http.PostAsync("tokens/refresh", null, Now))).GetProperty("token").GetString()!);
        clock.Advance(TimeSpan.FromMinutes(1));
        var forgotten = await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/activities", UriKind.Relative), Now);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.NotFound], new[] { expired.StatusCode, alive.StatusCode, forgotten.StatusCode });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_ForgetsTheConversationAtOnce(bool isTokenInTheBody)
    {
        using var client = await DirectLineClient.StartAsync(server.Address, "en-US");
        await client.NextReplyAsync();
        await client.SayAsync("i want to die");
        using var http = new HttpClient { BaseAddress = server.Address };
        async Task<HttpStatusCode> DeleteAsync(string conversation, string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"v3/directline/conversations/{conversation}/delete") { Content = isTokenInTheBody && token is not null ? new StringContent(token) : null };
            request.Headers.Authorization = isTokenInTheBody || token is null ? null : new("Bearer", token);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }

        using var other = await DirectLineClient.StartAsync(server.Address, "en-US");
        Assert.Equal(HttpStatusCode.Unauthorized, await DeleteAsync(client.ConversationId, null));
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(client.ConversationId, other.Token));
        Assert.Equal(HttpStatusCode.Forbidden, await DeleteAsync(client.ConversationId, "x.y.z"));
        Assert.Equal(HttpStatusCode.OK, await DeleteAsync(client.ConversationId, client.Token));

        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(client.ConversationId, client.Token));
        using var gone = await client.PostAsync(new { type = "message", text = "hello" });
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var state = await server.Services.GetRequiredService<IStorage>().ReadAsync([$"directline/conversations/{client.ConversationId}"], TestContext.Current.CancellationToken);
        Assert.Empty(state);
    }

    [Fact]
    public async Task Token_AfterARestart_IsStillGood()
    {
        var keyFile = Path.Combine(Directory.CreateTempSubdirectory("bot-key-").FullName, "direct-line.key");
        string token;
        await using (var before = new BotServer(new() { ["DirectLine:SigningKeyFile"] = keyFile }))
        {
            using var client = await DirectLineClient.StartAsync(before.Address);
            token = client.Token;
        }

        await using var after = new BotServer(new() { ["DirectLine:SigningKeyFile"] = keyFile });
        using var http = new HttpClient { BaseAddress = new Uri(after.Address, "/v3/directline/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("tokens/refresh", null, Now)).StatusCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(keyFile));
    }

    [Theory]
    [InlineData("{ not json", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"no type"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"invoke","name":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":"hi","entities":"none"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":"hi","channelData":"x","value":[1,[2]]}""", HttpStatusCode.OK)]
    [InlineData("""{"type":"message","text":"\u0000\u0001\u0007 is heroin a downer"}""", HttpStatusCode.OK)]
    [InlineData("""{"type":"typing"}""", HttpStatusCode.OK)]
    [InlineData("""{"type":"event","name":"x"}""", HttpStatusCode.OK)]
    public async Task Post_BadInput_IsAClearAnswerAndNeverA500(string body, HttpStatusCode expected)
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var response = await client.Http.PostAsync($"conversations/{client.ConversationId}/activities", content, Now);

        Assert.Equal(expected, response.StatusCode);
        if (expected != HttpStatusCode.OK)
        {
            Assert.NotEmpty(await ErrorCodeAsync(response));
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(20_000)]
    public async Task Post_ATextTooLong_Is413(int length)
    {
        using var client = await DirectLineClient.StartAsync(server.Address);

        var response = await client.PostAsync(new { type = "message", text = new string('x', length) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("MessageSizeTooBig", await ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Post_NestedTooDeep_Is400()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        using var content = new StringContent($$"""{"type":"message","text":"hi","value":{{new string('[', 500)}}{{new string(']', 500)}}}""", Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, (await client.Http.PostAsync($"conversations/{client.ConversationId}/activities", content, Now)).StatusCode);
    }

    [Fact]
    public async Task Post_CrisisWordingInACardsFields_IsHandedOff()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        var reply = await client.SayAsync(new { type = "message", value = new { feedback = new { comment = "i want to die" } } });

        Assert.Equal("handoff", reply.GetProperty("channelData").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Post_CrisisWordingAsABareValue_IsHandedOff()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        var reply = await client.SayAsync(new { type = "message", value = "i want to die" });

        Assert.Equal("handoff", reply.GetProperty("channelData").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Post_AMessageInParts_TextAndButtonValue_CannotHideCrisisWording()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        var reply = await client.SayAsync(new { type = "message", text = "my friend won't wake up", value = new { answerId = "is-heroin-a-stimulant" } });

        Assert.Equal("handoff", reply.GetProperty("channelData").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Handoff_Card_HasEachNumberAsTextBesideItsLink()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        var reply = await client.SayAsync("my friend took heroin and won't wake up");

        var buttons = reply.GetProperty("attachments")[0].GetProperty("content").GetProperty("buttons").EnumerateArray().Select(button => (button.GetProperty("title").GetString()!, button.GetProperty("value").GetString()!)).ToList();
        Assert.Equal(("Call 911", "tel:911"), buttons[0]);
        Assert.Contains(("Text 988", "sms:988"), buttons);
        Assert.Equal(("Call (866) 971-5531 (1st Step treatment center)", "tel:+18669715531"), buttons[^1]);
        Assert.True(reply.GetProperty("channelData").GetProperty("helpPinned").GetBoolean());
        Assert.Equal(["I am safe", "I need help now", "It is about someone else", "I was asking for information"], reply.GetProperty("suggestedActions").GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task ATurnThatFails_EndsWithAnApologyAndTheNumbers()
    {
        await using var broken = new BotServer(null, services => services.AddSingleton<IAnswerMatcher, BrokenMatcher>());
        using var client = await DirectLineClient.StartAsync(broken.Address);
        await client.NextReplyAsync();

        var apology = await client.SayAsync("what is the secret zebra");
        var handoff = await client.SayAsync("my friend won't wake up");

        Assert.Contains("something went wrong", apology.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var number in new[] { "911", "988", "(866) 971-5531" })
        {
            Assert.Contains(number, apology.GetProperty("text").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("handoff", handoff.GetProperty("channelData").GetProperty("outcome").GetString());
        Assert.DoesNotContain("zebra", broken.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreThatFails_DelaysNoNumber()
    {
        await using var broken = new BotServer(null, services => services.AddSingleton<Microsoft.Bot.Builder.IStorage, BrokenStorage>());
        using var client = await DirectLineClient.StartAsync(broken.Address);
        await client.NextReplyAsync();

        Assert.Equal("handoff", (await client.SayAsync("i want to die")).GetProperty("channelData").GetProperty("outcome").GetString());
        Assert.Contains("depressant", (await client.SayAsync("is heroin an upper or a downer")).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreThatNeverAnswers_DelaysNoNumberForLong()
    {
        await using var hanging = new BotServer(null, services => services.AddSingleton<Microsoft.Bot.Builder.IStorage, HangingStorage>());
        using var client = await DirectLineClient.StartAsync(hanging.Address);
        await client.NextReplyAsync();

        Assert.Equal("handoff", (await client.SayAsync("i want to die")).GetProperty("channelData").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task WhatIsTyped_IsInNoLogAtAnyLevel()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        await client.NextReplyAsync();

        await client.SayAsync("quixotic marmalade question");
        await client.SayAsync("my friend xylophonia won't wake up");
        await client.PostAsync(new { type = "message", text = 7, note = "brouhaha" });
        using var bad = new StringContent("{\"type\":\"message\",\"text\":\"persimmon", Encoding.UTF8, "application/json");
        await client.Http.PostAsync($"conversations/{client.ConversationId}/activities", bad, Now);

        Assert.Contains("Crisis wording detected", server.Logged, StringComparison.Ordinal);
        foreach (var word in new[] { "quixotic", "marmalade", "xylophonia", "brouhaha", "persimmon" })
        {
            Assert.DoesNotContain(word, server.Logged, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Secret_WhenSet_IsNeededForATokenAndLetsTheCallerNameTheUser()
    {
        await using var closed = new BotServer(new() { ["DirectLine:Secret"] = "s3cret" });
        using var http = new HttpClient { BaseAddress = new Uri(closed.Address, "/v3/directline/") };

        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync("tokens/generate", null, Now)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync("tokens/generate", null, Now)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "s3cret");
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsJsonAsync("tokens/generate", new { user = new { id = "dl_me" } }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync("tokens/generate", new { user = new { id = "me" } }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsJsonAsync("conversations", new { }, Now)).StatusCode);
    }

    [Fact]
    public async Task Origins_OnlyThoseAllowed_GetTokensAndCors()
    {
        await using var site = new BotServer(new() { ["DirectLine:AllowedOrigins:0"] = "https://www.example.org" });

        var allowed = await GenerateFromAsync(site.Address, "https://www.example.org");
        var own = await GenerateFromAsync(site.Address, site.Address.GetLeftPart(UriPartial.Authority));
        var foreign = await GenerateFromAsync(site.Address, "https://evil.example");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden], new[] { allowed.StatusCode, own.StatusCode, foreign.StatusCode });
        Assert.Equal("https://www.example.org", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Limits_PostsAreAnswered429WithRetryAfter_AndPollsNever()
    {
        await using var limited = new BotServer(new() { ["DirectLine:PostsPerMinute"] = "3", ["DirectLine:TokensPerMinute"] = "2" });
        using var client = await DirectLineClient.StartAsync(limited.Address);

        var posts = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++)
        {
            posts.Add(await client.PostAsync(new { type = "message", text = "what is heroin" }));
        }

        Assert.Equal(2, posts.Count(response => response.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.NotNull(posts[^1].Headers.RetryAfter);
        Assert.Equal("TooManyRequests", await ErrorCodeAsync(posts[^1]));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/activities", UriKind.Relative), Now)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.Http.PostAsync("tokens/generate", null, Now)).StatusCode);
    }

    [Fact]
    public async Task Upload_AndUnknownConversation_AreClearAnswers()
    {
        using var client = await DirectLineClient.StartAsync(server.Address);
        using var file = new MultipartFormDataContent { { new StringContent("x"), "file", "x.txt" } };
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/v3/directline/") };
        var generated = await DirectLineClient.ReadAsync(await http.PostAsync("tokens/generate", null, Now));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", generated.GetProperty("token").GetString());
        var never = $"conversations/{generated.GetProperty("conversationId").GetString()}";

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.Http.PostAsync($"conversations/{client.ConversationId}/upload", file, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(never, UriKind.Relative), Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(never + "/activities", UriKind.Relative), Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync(never + "/activities", new { type = "message", text = "hi" }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/stream", UriKind.Relative), Now)).StatusCode);
    }

    private static async Task<JsonElement> PollAsync(DirectLineClient client, string watermark) =>
        await DirectLineClient.ReadAsync(await client.Http.GetAsync(new Uri($"conversations/{client.ConversationId}/activities?watermark={watermark}", UriKind.Relative), Now));

    private static async Task<string> ErrorCodeAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Now)).GetProperty("error").GetProperty("code").GetString()!;

    private static async Task<HttpResponseMessage> GenerateFromAsync(Uri address, string origin)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v3/directline/tokens/generate"));
        request.Headers.Add("Origin", origin);
        return await http.SendAsync(request, Now);
    }

    /// <summary>The next frame with something in it; empty ones are the keep-alive.</summary>
    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        for (; ; )
        {
            var text = new StringBuilder();
            WebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer, Now).WaitAsync(TimeSpan.FromSeconds(10), Now);
                text.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
            }
            while (!result.EndOfMessage);

            if (text.Length > 0)
            {
                return JsonElement.Parse(text.ToString());
            }
        }
    }

    private sealed class BrokenMatcher : IAnswerMatcher
    {
        public IReadOnlyList<AnswerMatch> FindMatches(KnowledgeBase knowledgeBase, string question, Answer? previous) =>
            throw new InvalidOperationException("broken at: " + question);
    }

    private sealed class BrokenStorage : Microsoft.Bot.Builder.IStorage
    {
        public Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken = default) => throw new IOException("down");

        public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken = default) => throw new IOException("down");

        public Task DeleteAsync(string[] keys, CancellationToken cancellationToken = default) => throw new IOException("down");
    }

    private sealed class HangingStorage : Microsoft.Bot.Builder.IStorage
    {
        public Task<IDictionary<string, object>> ReadAsync(string[] keys, CancellationToken cancellationToken = default) => new TaskCompletionSource<IDictionary<string, object>>().Task;

        public Task WriteAsync(IDictionary<string, object> changes, CancellationToken cancellationToken = default) => new TaskCompletionSource().Task;

        public Task DeleteAsync(string[] keys, CancellationToken cancellationToken = default) => new TaskCompletionSource().Task;
    }
}
