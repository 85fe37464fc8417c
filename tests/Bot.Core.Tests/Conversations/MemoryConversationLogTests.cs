using Bot.Core.Conversations;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Core.Tests.Conversations;

public class MemoryConversationLogTests
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(60);
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryConversationLog _log;

    public MemoryConversationLogTests()
    {
        _log = new MemoryConversationLog(_clock, Kept, mostConversations: 3);
    }

    [Fact]
    public async Task Append_TwoActivities_AreReadInOrderAfterAPosition()
    {
        await _log.CreateAsync("c", Token);
        await _log.AppendAsync("c", null, position => $"a{position}", Token);
        await _log.AppendAsync("c", null, position => $"b{position}", Token);

        Assert.Equal(["a1", "b2"], (await _log.ReadAfterAsync("c", 0, Token))!.Select(entry => entry.ActivityJson));
        Assert.Equal(["b2"], (await _log.ReadAfterAsync("c", 1, Token))!.Select(entry => entry.ActivityJson));
        Assert.Empty((await _log.ReadAfterAsync("c", 99, Token))!);
    }

    [Fact]
    public async Task Append_AClientIdSeenTwice_AddsNothing()
    {
        await _log.CreateAsync("c", Token);

        Assert.Equal(new LogAppend(1, true), await _log.AppendAsync("c", "x", _ => "first", Token));
        Assert.Equal(new LogAppend(1, false), await _log.AppendAsync("c", "x", _ => "second", Token));
        Assert.Single((await _log.ReadAfterAsync("c", 0, Token))!);
    }

    [Fact]
    public async Task Read_AfterItsTime_FindsNothingAndTheIdIsGivenOnce()
    {
        await _log.CreateAsync("c", Token);
        _clock.Advance(Kept);
        Assert.True(await _log.ExistsAsync("c", Token));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await _log.ReadAfterAsync("c", 0, Token));
        Assert.Null(await _log.AppendAsync("c", null, _ => "late", Token));
        Assert.Equal(["c"], _log.TakeForgotten());
        Assert.Empty(_log.TakeForgotten());
    }

    [Fact]
    public async Task Create_BeyondTheMost_ForgetsTheOldest()
    {
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await _log.CreateAsync(id, Token);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(await _log.ExistsAsync("a", Token));
        Assert.True(await _log.ExistsAsync("d", Token));
        Assert.False(await _log.CreateAsync("d", Token));
    }

    [Fact]
    public async Task Wait_EndsWhenSomethingComesAndWhenTheTimeIsUp()
    {
        await _log.CreateAsync("c", Token);
        var waiting = _log.WaitAsync("c", 0, TimeSpan.FromSeconds(10), Token);
        Assert.False(waiting.IsCompleted);

        await _log.AppendAsync("c", null, _ => "a", Token);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), Token);

        var idle = _log.WaitAsync("c", 1, TimeSpan.FromSeconds(10), Token);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await idle.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }
}
