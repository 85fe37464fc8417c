using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bot.Server.Tests.Storage;

/// <summary>Two whole servers on one PostgreSQL, and one whose database goes away.</summary>
public sealed class ReplicaTests(PostgreSqlFixture database) : IClassFixture<PostgreSqlFixture>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-replicas-").FullName;

    [Fact]
    public async Task WhatIsPostedOnOne_IsHeardOnTheOther_AndTheCrisisIsRememberedThere()
    {
        var settings = Settings();
        await using var one = new BotServer(settings);
        await using var two = new BotServer(settings);
        using var onOne = await DirectLineClient.StartAsync(one.Address, "en-US");
        await onOne.NextReplyAsync();
        using var onTwo = DirectLineClient.Resume(two.Address, onOne);

        var handoff = await onTwo.SayAsync("i want to die");
        Assert.Equal("handoff", handoff.GetProperty("channelData").GetProperty("outcome").GetString());
        Assert.Equal(handoff.GetProperty("id").GetString(), (await onOne.NextReplyAsync()).GetProperty("id").GetString());

        var check = await onOne.SayAsync("what is heroin");
        Assert.Equal("safety-check", check.GetProperty("channelData").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task AMessageThatAReplicaDidNotLiveToAnswer_IsAnsweredByAnother_Once()
    {
        var settings = Settings();
        await using var one = new BotServer(settings);
        using var client = await DirectLineClient.StartAsync(one.Address, "en-US");
        await client.NextReplyAsync();

        // As another process that put it down and died.
        await PostgreSqlServer.ExecuteAsync(settings["Storage:ConnectionString"]!, "UPDATE conversations SET lease_owner = 'dead', lease_until = (extract(epoch from clock_timestamp()) * 1000)::bigint + 3000");
        var reply = await client.SayAsync("is heroin addictive");

        Assert.Contains("pleasure center", reply.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Null(await client.TryNextReplyAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task WithTheDatabaseAway_EveryAnswerNamesTheNumbers_AndItGoesOnWhenItIsBack()
    {
        var own = new PostgreSqlServer();
        await own.InitializeAsync();
        var settings = Settings(own);
        await using var server = new BotServer(settings);
        using var client = await DirectLineClient.StartAsync(server.Address, "en-US");
        await client.NextReplyAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

        own.Stop();
        using var refused = await client.PostAsync(new { type = "message", text = "i want to die", channelData = new { clientActivityID = "once" } });
        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("message").GetString();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("911", error, StringComparison.Ordinal);
        Assert.Contains("988", error, StringComparison.Ordinal);
        Assert.Contains("(866) 971-5531", error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("health/live", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain("i want to die", server.Logged, StringComparison.Ordinal);

        own.Start();
        var handoff = await client.SayAsync(new { type = "message", text = "i want to die", channelData = new { clientActivityID = "once" } });
        Assert.Equal("handoff", handoff.GetProperty("channelData").GetProperty("outcome").GetString());
        await own.DisposeAsync();
    }

    [Theory]
    [InlineData("--Storage:ConnectionString=Host=127.0.0.1;Port=1;Database=x;Username=y;Password=hunter2", "KeyCertificateFile is empty")]
    [InlineData("--Storage:ConnectionString=Host=127.0.0.1;Colour=red", "Storage:")]
    [InlineData("--Storage:ConnectionString=somewhere", "is none of 'Data Source=FILE'")]
    [InlineData("--Storage:ConnectionString=Data Source=/proc/nowhere/bot.db", "/proc/nowhere")]
    [InlineData("--Storage:KeyCertificateFile=nowhere.pfx", "there is no such file")]
    public async Task ABadSetting_IsToldPlainly_AndNoPasswordIsRepeated(string argument, string told)
    {
        var (exitCode, error) = await ServerProcess.RunAsync(argument);

        Assert.Equal(1, exitCode);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatDoesNotAnswer_IsToldPlainlyAtTheStart()
    {
        var settings = Settings();
        var (exitCode, error) = await ServerProcess.RunAsync("--Storage:ConnectionString=Host=127.0.0.1;Port=1;Database=x;Username=y;Password=hunter2", $"--Storage:KeyCertificateFile={settings["Storage:KeyCertificateFile"]}", "--Storage:KeyCertificatePassword=secret");

        Assert.Equal(1, exitCode);
        Assert.Contains("Is it running, is the address right", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SQLite_KilledInMidConversation_HasEverythingWhenItStartsAgain()
    {
        var storage = $"--Storage:ConnectionString=Data Source={Path.Combine(_folder, "bot.db")}";
        var key = $"--DirectLine:SigningKeyFile={Path.Combine(_folder, "direct-line.key")}";
        DirectLineClient client;
        using (var first = await ServerProcess.StartAsync(0, storage, key))
        {
            client = await DirectLineClient.StartAsync(first.Address, "en-US");
            await client.NextReplyAsync();
            await client.SayAsync("i want to die");
            first.Kill();
            if (!OperatingSystem.IsWindows())
            {
                Assert.All(Directory.GetFiles(_folder, "bot.db*"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder, "keys")));
            }
        }

        using var second = await ServerProcess.StartAsync(0, storage, key);
        using var again = DirectLineClient.Resume(second.Address, client);

        var check = await again.SayAsync("what is heroin");
        Assert.Equal("safety-check", check.GetProperty("channelData").GetProperty("outcome").GetString());
        client.Dispose();
    }

    private Dictionary<string, string?> Settings(PostgreSqlServer? server = null) => new()
    {
        ["Storage:ConnectionString"] = (server ?? database).CreateDatabase(),
        ["Storage:KeyCertificateFile"] = StorageCertificate.Create(_folder),
        ["Storage:KeyCertificatePassword"] = "secret",
    };
}
