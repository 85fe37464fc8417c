using System.Collections;
using System.Text.RegularExpressions;
using Bot.Core.Conversations;
using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Bot.Server.Channels.Teams;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Server.Tests;

/// <summary>Rules for code that must also run on the official packages, where a test can see them (docs/adr/0001).</summary>
public class BothFlavoursTests
{
    public static TheoryData<string> Texts => ["is heroin a stimulant", "i want to kill myself", "how much can i take", "asdf qwer", "can heroin kill you", "¿la heroína es un estimulante?", "thanks", ""];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task OutgoingActivities_HoldPlainValuesAlone(string text)
    {
        await using var server = new BotServer();
        var responder = server.Services.GetRequiredService<Responder>();
        var reply = responder.Respond(new IncomingMessage(text), new ConversationMemory());
        Activity[] activities = [server.Services.GetRequiredService<ReplyRenderer>().Render(reply), .. server.Services.GetRequiredService<TeamsRenderer>().Render(reply)];

        foreach (var activity in activities)
        {
            AssertPlain(activity.ChannelData);
            AssertPlain(activity.Value);
            Assert.All(activity.Attachments ?? [], attachment => AssertPlain(attachment.Content is HeroCard ? null : attachment.Content));
            Assert.All(activity.SuggestedActions?.Actions ?? [], action => AssertPlain(action.Value));
        }
    }

    [Fact]
    public void TheServer_NamesNoTypeOfTheOfficialPackagesAlone()
    {
        // Newtonsoft and Microsoft.Rest types, and the members that name them; only the seam may.
        var files = Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Bot.Server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetFileName(file) != "ActivityJson.cs");

        Assert.DoesNotContain(files, file => Regex.IsMatch(File.ReadAllText(file), @"\b(JObject|JToken|JsonProperty|ErrorResponseException|HttpOperationResponse)\b|Microsoft\.Rest|Newtonsoft"));
    }

    [Fact]
    public void TheServer_CallsSuggestedActionsWithFourArgumentsOrNotAtAll()
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.Combine("src", "Bot.Server"), "*.cs", SearchOption.AllDirectories);

        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains("MessageFactory.SuggestedActions(", StringComparison.Ordinal));
    }

    private static void AssertPlain(object? value)
    {
        switch (value)
        {
            case null or string or bool or int or long or double:
                break;
            case IDictionary<string, object?> map:
                Assert.All(map.Values, AssertPlain);
                break;
            case IEnumerable list when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>):
                Assert.All(list.Cast<object?>(), AssertPlain);
                break;
            default:
                Assert.Fail($"{value.GetType()} is no plain value: the official packages may send it wrongly, or die of it.");
                break;
        }
    }
}
