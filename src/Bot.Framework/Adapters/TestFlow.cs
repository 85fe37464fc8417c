#nullable disable
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder.Adapters;

/// <summary>A conversation written down as a test: what is sent, and what must come back.</summary>
public class TestFlow
{
    private readonly TestAdapter _adapter;
    private readonly BotCallbackHandler _callback;
    private readonly Func<Task> _run;

    public TestFlow(TestAdapter adapter, BotCallbackHandler callback = null)
    {
        _adapter = adapter;
        _callback = callback;
        _run = () => Task.CompletedTask;
    }

    public TestFlow(TestAdapter adapter, IBot bot)
        : this(adapter, bot.OnTurnAsync)
    {
    }

    public TestFlow(Task task, TestFlow flow)
        : this(() => task, flow)
    {
    }

    public TestFlow(Func<Task> getTask, TestFlow flow)
    {
        _adapter = flow._adapter;
        _callback = flow._callback;
        _run = getTask;
    }

    /// <summary>Runs the conversation. The first thing that is not as written throws.</summary>
    public Task StartTestAsync() => _run();

    public TestFlow Send(string userSays) => Then(() => _adapter.SendTextToBotAsync(userSays, _callback, CancellationToken.None));

    public TestFlow Send(IActivity userActivity) => Then(() => _adapter.ProcessActivityAsync((Activity)userActivity, _callback, CancellationToken.None));

    public TestFlow SendConversationUpdate() => Send(new Activity(ActivityTypes.ConversationUpdate)
    {
        MembersAdded = [_adapter.Conversation.User],
    });

    public TestFlow Delay(uint ms) => Then(() => Task.Delay(TimeSpan.FromMilliseconds(ms)));

    public TestFlow Delay(TimeSpan timespan) => Then(() => Task.Delay(timespan));

    public TestFlow AssertReply(string expected, string description = null, uint timeout = 3000) =>
        AssertReply(reply => Require(reply.AsMessageActivity()?.Text == expected, description, $"expected '{expected}', got '{reply.AsMessageActivity()?.Text}'"), description, timeout);

    public TestFlow AssertReplyContains(string expected, string description = null, uint timeout = 3000) =>
        AssertReply(reply => Require(reply.AsMessageActivity()?.Text?.Contains(expected, StringComparison.Ordinal) is true, description, $"expected something with '{expected}', got '{reply.AsMessageActivity()?.Text}'"), description, timeout);

    public TestFlow AssertReplyOneOf(string[] candidates, string description = null, uint timeout = 3000) =>
        AssertReply(reply => Require(candidates.Contains(reply.AsMessageActivity()?.Text), description, $"got '{reply.AsMessageActivity()?.Text}', which is none of the candidates"), description, timeout);

    public TestFlow AssertReply(IActivity expected, string description = null, uint timeout = 3000) =>
        AssertReply(
            reply =>
            {
                Require(reply.Type == expected.Type, description, $"expected type '{expected.Type}', got '{reply.Type}'");
                if (expected.Type == ActivityTypes.Message)
                {
                    Require(((Activity)reply).Text == ((Activity)expected).Text, description, $"expected '{((Activity)expected).Text}', got '{((Activity)reply).Text}'");
                }
            },
            description,
            timeout);

    public TestFlow AssertReply(IActivity expected, IEqualityComparer<IActivity> equalityComparer, string description = null, uint timeout = 3000) =>
        AssertReply(reply => Require(equalityComparer.Equals(expected, reply), description, "the reply differs"), description, timeout);

    public TestFlow AssertReply(Action<IActivity> validateActivity, string description = null, uint timeout = 3000) =>
        Then(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout));
            validateActivity(await _adapter.GetNextReplyAsync(limit.Token).ConfigureAwait(false));
        });

    public TestFlow AssertNoReply(string description = null, uint timeout = 3000) =>
        Then(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout));
            try
            {
                var reply = await _adapter.GetNextReplyAsync(limit.Token).ConfigureAwait(false);
                Require(false, description, $"expected no reply, got '{reply.AsMessageActivity()?.Text}'");
            }
            catch (OperationCanceledException)
            {
                // Nothing came: as written.
            }
        });

    public TestFlow Test(string userSays, string expected, string description = null, uint timeout = 3000) =>
        Send(userSays).AssertReply(expected, description, timeout);

    public TestFlow Test(string userSays, Activity expected, string description = null, uint timeout = 3000) =>
        Send(userSays).AssertReply(expected, description, timeout);

    public TestFlow Test(string userSays, Action<IActivity> validateActivity, string description = null, uint timeout = 3000) =>
        Send(userSays).AssertReply(validateActivity, description, timeout);

    private TestFlow Then(Func<Task> step)
    {
        var before = _run;
        return new TestFlow(
            async () =>
            {
                await before().ConfigureAwait(false);
                await step().ConfigureAwait(false);
            },
            this);
    }

    private static void Require(bool condition, string description, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(description is null ? what : $"{description}: {what}");
        }
    }
}
