using System.Text.Json;

namespace Bot.Server.Tests;

/// <summary>The conversations of tests/conversations, through the real server over Direct Line.</summary>
public sealed class GoldenConversationTests(BotServer server) : IClassFixture<BotServer>
{
    public static TheoryData<string, int> Conversations()
    {
        var data = new TheoryData<string, int>();
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("tests", "conversations"), "*.chat").Order())
        {
            for (var i = 0; i < Parts(file).Count; i++)
            {
                data.Add(Path.GetFileName(file), i);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Conversation_GoesAsWritten(string file, int number)
    {
        using var client = await DirectLineClient.StartAsync(server.Address, "en-US");
        var reply = await client.NextReplyAsync();
        foreach (var (line, what, text) in Parts(RepositoryRoot.Combine("tests", "conversations", file))[number])
        {
            var where = $"{file}({line}), after: {reply.GetProperty("text").GetString()}";
            switch (what)
            {
                case "user":
                    reply = await client.SayAsync(text);
                    break;
                case "then":
                    reply = await client.NextReplyAsync();
                    break;
                case "press":
                    reply = await client.PressAsync(reply, text);
                    break;
                case "bot":
                    Assert.True(TextOf(reply).Contains(text, StringComparison.Ordinal), $"'{text}' is missing: {where}");
                    break;
                case "not":
                    Assert.False(TextOf(reply).Contains(text, StringComparison.OrdinalIgnoreCase), $"'{text}' stands there: {where}");
                    break;
                case "outcome":
                    Assert.True(reply.GetProperty("channelData").GetProperty("outcome").GetString() == text, $"The outcome is {reply.GetProperty("channelData").GetProperty("outcome")}, not {text}: {where}");
                    break;
                default:
                    Assert.Fail($"{file}({line}): '{what}' is none of user, then, press, bot, not, outcome.");
                    break;
            }
        }
    }

    private static string TextOf(JsonElement reply) => reply.GetProperty("text").GetString()!;

    private static List<List<(int Line, string What, string Text)>> Parts(string file)
    {
        var parts = new List<List<(int, string, string)>> { new() };
        foreach (var (text, index) in File.ReadAllLines(file).Select((text, index) => (text, index)))
        {
            if (text == "---")
            {
                parts.Add([]);
            }
            else if (text.Length > 0 && text[0] != '#')
            {
                var pair = text.TrimEnd(':').Split(": ", 2);
                parts[^1].Add((index + 1, pair[0], pair.Length > 1 ? pair[1] : string.Empty));
            }
        }

        return parts;
    }
}
