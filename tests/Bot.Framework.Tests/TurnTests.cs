using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Adapters;
using Microsoft.Bot.Schema;

namespace Bot.Framework.Tests;

/// <summary>A turn from the adapter through the middleware to the bot and back.</summary>
public class TurnTests
{
    [Fact]
    public async Task Flow_EchoBot_AnswersEachMessage()
    {
        await new TestFlow(new TestAdapter(), new EchoBot())
            .SendConversationUpdate().AssertReply("welcome")
            .Test("one", "echo one")
            .Send("two").AssertReplyContains("two").AssertNoReply(timeout: 50)
            .StartTestAsync();
    }

    [Fact]
    public async Task Middleware_RunsInOrderAroundTheBot()
    {
        var seen = new List<string>();
        var adapter = new TestAdapter().Use(new Recording("a", seen)).Use(new Recording("b", seen));

        await new TestFlow(adapter, (_, _) =>
        {
            seen.Add("bot");
            return Task.CompletedTask;
        }).Send("x").StartTestAsync();

        Assert.Equal(["a in", "b in", "bot", "b out", "a out"], seen);
    }

    [Fact]
    public async Task OnTurnError_ABotThatThrows_CanStillAnswer()
    {
        var adapter = new TestAdapter { OnTurnError = (context, exception) => context.SendActivityAsync("sorry: " + exception.Message) };

        await new TestFlow(adapter, (_, _) => throw new InvalidOperationException("broken")).Test("x", "sorry: broken").StartTestAsync();
    }

    [Fact]
    public async Task ConversationState_IsKeptFromTurnToTurnAndNeverTheLiveObject()
    {
        var storage = new MemoryStorage();
        var state = new ConversationState(storage);
        var counter = state.CreateProperty<Counter>("counter");

        await new TestFlow(new TestAdapter(), async (context, token) =>
        {
            var value = await counter.GetAsync(context, () => new Counter(), token);
            value.Count++;
            await state.SaveChangesAsync(context, false, token);
            value.Count = 100;
            await context.SendActivityAsync($"{storage.ReadAsync(["test/conversations/Conversation1"], token).Result.Count}", cancellationToken: token);
        })
            .Test("x", "1").Test("x", "1").StartTestAsync();

        await new TestFlow(new TestAdapter(), async (context, token) =>
            await context.SendActivityAsync($"{(await counter.GetAsync(context, () => new Counter(), token)).Count}", cancellationToken: token))
            .Test("x", "2").StartTestAsync();
    }

    [Fact]
    public async Task MemoryStorage_StaleETag_IsAConflict()
    {
        var storage = new MemoryStorage();
        await storage.WriteAsync(new Dictionary<string, object> { ["k"] = new Item() }, TestContext.Current.CancellationToken);
        await storage.WriteAsync(new Dictionary<string, object> { ["k"] = new Item { ETag = "*" } }, TestContext.Current.CancellationToken);

        var stale = new Dictionary<string, object> { ["k"] = new Item { ETag = "0" } };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => storage.WriteAsync(stale, TestContext.Current.CancellationToken));
        Assert.StartsWith("Etag conflict.\r\n\r\nOriginal: 0\r\nCurrent: 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendActivity_EveryMessage_IsAddressedAndAcceptsInput()
    {
        await new TestFlow(new TestAdapter(), new EchoBot()).Send("x").AssertReply(reply =>
        {
            var message = (Activity)reply;
            Assert.Equal("bot", message.From.Id);
            Assert.Equal("user1", message.Recipient.Id);
            Assert.Equal("Conversation1", message.Conversation.Id);
            Assert.Equal(InputHints.AcceptingInput, message.InputHint);
            Assert.NotNull(message.ReplyToId);
        }).StartTestAsync();
    }

    private sealed class EchoBot : ActivityHandler
    {
        protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken) =>
            await turnContext.SendActivityAsync("echo " + turnContext.Activity.Text, cancellationToken: cancellationToken);

        protected override async Task OnMembersAddedAsync(IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken) =>
            await turnContext.SendActivityAsync("welcome", cancellationToken: cancellationToken);
    }

    private sealed class Recording(string name, List<string> seen) : IMiddleware
    {
        public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default)
        {
            seen.Add(name + " in");
            await next(cancellationToken);
            seen.Add(name + " out");
        }
    }

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private sealed class Item : IStoreItem
    {
        public string? ETag { get; set; }
    }
}
