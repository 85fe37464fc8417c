using Bot.Core.Escalations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Bot.Core.Tests.Escalations;

/// <summary>Which times people are offered, on their clock and on the desk's.</summary>
public class EscalationDeskTests
{
    [Theory]
    // Monday, 10:00 in New York
    [InlineData("2026-11-23T15:00Z", null, "now morning afternoon tomorrow")]
    // 16:30: the morning is over, and at five they leave
    [InlineData("2026-11-23T21:30Z", null, "now afternoon tomorrow")]
    // 20:00: nobody is there before tomorrow
    [InlineData("2026-11-24T01:00Z", null, "tomorrow nextOpen")]
    // Friday, 18:00: nobody is there before Monday
    [InlineData("2026-11-27T23:00Z", null, "nextOpen")]
    // Monday 10:00 in New York is 07:00 in Los Angeles, whose afternoon begins when it is 15:00 at the desk
    [InlineData("2026-11-23T15:00Z", "America/Los_Angeles", "now morning afternoon tomorrow")]
    // A person in Tokyo, for whom it is Tuesday, 00:30: by day there nobody is at the desk
    [InlineData("2026-11-23T15:30Z", "Asia/Tokyo", "now")]
    public void Choices_AreThoseAtWhichSomebodyIsThere(string now, string? zone, string expected) =>
        Assert.Equal(expected, string.Join(' ', Desk(now, "Mon-Fri 09:00-17:00").Choices(zone).Select(time => time.ToWire())));

    [Fact]
    public void Choices_WithUnknownHours_AreAllThatAreNotOver() =>
        Assert.Equal("now evening tomorrow", string.Join(' ', Desk("2026-11-23T23:30Z").Choices(null).Select(time => time.ToWire())));

    [Fact]
    public void NextOpen_IsTheNextDayOfWork()
    {
        var (from, until) = Desk("2026-11-27T23:00Z", "Mon-Fri 09:00-17:00").WindowOf(CallTime.NextOpen, "Asia/Tokyo")!.Value;

        Assert.Equal(DateTimeOffset.Parse("2026-11-30T14:00Z", System.Globalization.CultureInfo.InvariantCulture), from);
        Assert.Equal(DateTimeOffset.Parse("2026-11-30T22:00Z", System.Globalization.CultureInfo.InvariantCulture), until);
    }

    [Fact]
    public void WindowOf_OnTheDayTheClocksChange_IsStillOnTheClock()
    {
        // 1 November 2026, 00:30 in New York, an hour and a half before the clocks go back.
        var (from, _) = Desk("2026-11-01T04:30Z").WindowOf(CallTime.Morning, null)!.Value;

        Assert.Equal(DateTimeOffset.Parse("2026-11-01T13:00Z", System.Globalization.CultureInfo.InvariantCulture), from);
    }

    [Fact]
    public void HoursIn_SaysThemInTheLanguage()
    {
        var desk = Desk("2026-11-23T15:00Z", "Mon-Fri 09:00-17:00", "Sat 10:00-13:30");

        Assert.Equal("Mon–Fri 9:00–17:00, Sat 10:00–13:30 (New York)", desk.HoursIn("en"));
        Assert.Equal("lun–vie 9:00–17:00, sáb 10:00–13:30 (New York)", desk.HoursIn("es"));
        Assert.Null(Desk("2026-11-23T15:00Z").HoursIn("en"));
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/hostname")]
    [InlineData("")]
    public void AZoneNobodyKnows_IsTheDesks(string zone)
    {
        Assert.Null(EscalationDesk.KnownZone(zone));
        Assert.Equal(Desk("2026-11-23T15:00Z").WindowOf(CallTime.Afternoon, null), Desk("2026-11-23T15:00Z").WindowOf(CallTime.Afternoon, zone));
    }

    private static EscalationDesk Desk(string now, params string[] hours) => new(
        Options.Create(new EscalationOptions { Hours = hours, Countries = ["US"], Targets = [new EscalationTarget()] }), new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}
