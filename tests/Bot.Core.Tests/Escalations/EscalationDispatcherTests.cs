using Bot.Core.Escalations;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Core.Tests.Escalations;

/// <summary>Who is told what, and when, on the clock.</summary>
public class EscalationDispatcherTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-23T15:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly FakeLogger<EscalationDispatcher> _logger = new();
    private readonly IOptions<EscalationOptions> _options = Options.Create(new EscalationOptions { Countries = ["US"], UnclaimedMinutes = 15, AlertAfterAttempts = 3, Targets = [new() { Name = "first" }, new() { Name = "second" }] });
    private readonly Staff _first = new("first");
    private readonly Staff _second = new("second");
    private readonly Person _person = new();
    private readonly MemoryEscalationStore _store;
    private readonly EscalationIntake _intake;
    private readonly EscalationDispatcher _dispatcher;

    public EscalationDispatcherTests()
    {
        _store = new MemoryEscalationStore(_clock);
        _intake = new EscalationIntake(_store, _options, new EscalationMeter(), _clock);
        _dispatcher = new EscalationDispatcher(_store, _intake, [_first, _second], _person, _options, new EscalationMeter(), _logger);
    }

    [Fact]
    public async Task Unclaimed_TheFirstIsReminded_ThenTheSecondIsTold_ThenReminded()
    {
        await RecordAsync();
        await PassAsync(TimeSpan.Zero, "first Request");
        await PassAsync(TimeSpan.FromMinutes(14));
        await PassAsync(TimeSpan.FromMinutes(1), "first Reminder");
        await PassAsync(TimeSpan.FromMinutes(15), "second Request");
        await PassAsync(TimeSpan.FromMinutes(15), "second Reminder");
        await PassAsync(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task WantedLater_NobodyIsRemindedBeforeThat()
    {
        await RecordAsync(wantedIn: TimeSpan.FromHours(20));
        await PassAsync(TimeSpan.Zero, "first Request");
        await PassAsync(TimeSpan.FromHours(20));
        await PassAsync(TimeSpan.FromMinutes(15), "first Reminder");
    }

    [Fact]
    public async Task Taken_NobodyIsRemindedAnyMore_AndThePersonIsTold()
    {
        var id = await RecordAsync();
        await PassAsync(TimeSpan.Zero, "first Request");
        await _intake.ChangeAsync(id, EscalationState.Taken, "Ben", Now);

        await PassAsync(TimeSpan.Zero, "first Change", "person TellTaken");
        await PassAsync(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Undeliverable_IsAnAlert_TheSecondIsToldAtOnce_AndTheFirstIsTriedOn()
    {
        await RecordAsync();
        _first.IsDown = true;
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Contains(_logger.Collector.GetSnapshot(), record => record.Id.Id == 3103);
        await PassAsync(TimeSpan.Zero, "second Request");
        Assert.Equal(1, (await _dispatcher.ReadBacklogAsync(Now)).Failing);
        _first.IsDown = false;
        await PassAsync(TimeSpan.FromMinutes(14), "first Request");
        Assert.Equal(0, (await _dispatcher.ReadBacklogAsync(Now)).Failing);
    }

    [Fact]
    public async Task WithBothDown_ThePersonIsToldOnce()
    {
        await RecordAsync();
        _first.IsDown = _second.IsDown = true;
        for (var i = 0; i < 12; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await _dispatcher.DispatchDueAsync(Now);
        }

        Assert.Equal(["person TellFailed"], _person.Told);
    }

    [Fact]
    public async Task TakenWhileTheRequestIsOnItsWay_TheCardIsBroughtUpToDate()
    {
        var id = await RecordAsync();
        _first.WhileTold = () => _intake.ChangeAsync(id, EscalationState.Taken, "Ben", Now);

        await _dispatcher.DispatchDueAsync(Now);

        Assert.Equal(["first Request", "first Change"], _first.Told);
    }

    [Fact]
    public async Task ASlowTarget_HoldsUpNoOther()
    {
        await RecordAsync();
        var never = new TaskCompletionSource();
        _first.WhileTold = () => never.Task;
        var running = await _dispatcher.BeginAsync(Now);

        await RecordAsync();
        _first.WhileTold = null;
        await Task.WhenAll(await _dispatcher.BeginAsync(Now));

        Assert.Single(_first.Told);
        never.SetResult();
        await Task.WhenAll(running);
        Assert.Equal(2, _first.Told.Count);
    }

    [Fact]
    public async Task ATargetTakenOutOfTheSettings_IsUndeliverable_NotForgotten()
    {
        await RecordAsync();
        var other = new EscalationDispatcher(_store, _intake, [_second], _person, _options, new EscalationMeter(), _logger);
        for (var i = 0; i < 4; i++)
        {
            await other.DispatchDueAsync(Now);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["second Request"], _second.Told);
    }

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(4, 8, 16)]
    [InlineData(60, 450, 900)]
    public void After_GrowsToAQuarterOfAnHour_AndIsNeverTheSameForAll(int attempts, int least, int most)
    {
        Assert.Equal(least, RetrySchedule.After(attempts, 0).TotalSeconds);
        Assert.Equal(most, RetrySchedule.After(attempts, 1).TotalSeconds);
    }

    private async Task<Guid> RecordAsync(TimeSpan wantedIn = default)
    {
        var from = _clock.GetUtcNow() + wantedIn;
        var decision = await _intake.DecideAsync(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), "en", new CallbackRequest("+12125550123", from, from.AddHours(1), null), "{}", Now);
        await _store.AddAsync(decision.New!, Now);
        return decision.Escalation!.Id;
    }

    /// <summary>Lets the time pass, and checks who was told what then.</summary>
    private async Task PassAsync(TimeSpan time, params string[] told)
    {
        _clock.Advance(time);
        var before = Everything().Count;
        await _dispatcher.DispatchDueAsync(Now);
        Assert.Equal(told.Order(), Everything().Skip(before).Order());
    }

    private readonly List<string> _order = [];

    private List<string> Everything()
    {
        foreach (var told in _first.Told.Concat(_second.Told).Concat(_person.Told).GroupBy(text => text))
        {
            _order.AddRange(Enumerable.Repeat(told.Key, told.Count() - _order.Count(text => text == told.Key)));
        }

        return [.. _order];
    }

    private sealed class Staff(string name) : IEscalationNotifier
    {
        public List<string> Told { get; } = [];

        public bool IsDown { get; set; }

        public Func<Task>? WhileTold { get; set; }

        public string Target => name;

        public async Task<string?> NotifyAsync(DueNotice notice, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new HttpRequestException("down");
            }

            if (notice.Notice.Kind == NoticeKind.Request && WhileTold is { } meanwhile)
            {
                await meanwhile();
            }

            lock (Told)
            {
                Told.Add($"{name} {notice.Notice.Kind}");
            }

            return "card";
        }

        public Task TestAsync(bool isSeen, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Person : IPersonNotifier
    {
        public List<string> Told { get; } = [];

        public Task<bool> TellAsync(DueNotice notice, CancellationToken cancellationToken)
        {
            Told.Add($"person {notice.Notice.Kind}");
            return Task.FromResult(true);
        }
    }
}
