using Bot.Core.Escalations;

namespace Bot.Core.Tests.Escalations;

public class CallTimeTests
{
    [Theory]
    [InlineData("tomorrow after 5", CallTime.TomorrowEvening)]
    [InlineData("tomorrow at 10 am", CallTime.TomorrowMorning)]
    [InlineData("tomorrow around 2", CallTime.TomorrowAfternoon)]
    [InlineData("tomorrow", CallTime.Tomorrow)]
    [InlineData("tonight", CallTime.Evening)]
    [InlineData("after work", CallTime.Evening)]
    [InlineData("at 9:30 pm", CallTime.Evening)]
    [InlineData("this afternoon", CallTime.Afternoon)]
    [InlineData("in the morning", CallTime.Morning)]
    [InlineData("as soon as possible", CallTime.Now)]
    [InlineData("right away please", CallTime.Now)]
    [InlineData("mañana por la tarde", CallTime.TomorrowAfternoon)]
    [InlineData("mañana por la mañana", CallTime.TomorrowMorning)]
    [InlineData("por la mañana", CallTime.Morning)]
    [InlineData("esta mañana", CallTime.Morning)]
    [InlineData("mañana a las 18", CallTime.TomorrowEvening)]
    [InlineData("esta noche", CallTime.Evening)]
    [InlineData("lo antes posible, ya", CallTime.Now)]
    [InlineData("whatever", null)]
    [InlineData("at 99", null)]
    [InlineData("", null)]
    public void Read_KeepsFreeTextToThePlainChoices(string text, CallTime? expected) => Assert.Equal(expected, CallTimes.Read(text));

    [Theory]
    [InlineData(CallTime.Morning, 13, null, null)]
    [InlineData(CallTime.Morning, 11, 11, 12)]
    [InlineData(CallTime.Morning, 6, 8, 12)]
    [InlineData(CallTime.Afternoon, 12, 12, 17)]
    [InlineData(CallTime.Evening, 21, null, null)]
    [InlineData(CallTime.Evening, 20, 20, 21)]
    [InlineData(CallTime.Now, 23, 23, 24)]
    public void WindowOf_IsNeverOver(CallTime time, int hour, int? from, int? until)
    {
        var now = new DateTime(2026, 11, 23).AddHours(hour);

        var window = CallTimes.WindowOf(time, now);

        Assert.Equal(from is null ? null : (now.Date.AddHours(from.Value), now.Date.AddHours(until!.Value)), window);
    }

    [Fact]
    public void EveryTime_GoesOverTheWireAndBack() =>
        Assert.All(Enum.GetValues<CallTime>(), time => Assert.Equal(time, CallTimes.FromWire(time.ToWire())));
}
