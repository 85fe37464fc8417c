using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Core.Tests.Crisis;

public class RiskModelTests
{
    private static readonly RiskModel Model = RiskModel.Load();

    [Fact]
    public void Load_TheEmbeddedModel_KnowsItsDayAndSize()
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Model.TrainedOn);
        Assert.True(Model.Messages > 1000);
    }

    [Theory]
    [InlineData("i want to stop the pain and be gone forever", true)]
    [InlineData("how do i change my address", false)]
    public void Judge_TellsDangerFromOrdinaryTalk(string text, bool isRisk) =>
        Assert.Equal(isRisk, Model.Judge(TextNormalizer.Tokenize(text)).Any > 0.5);

    [Fact]
    public void Judge_OneClauseInAVeryLongMessage_Counts()
    {
        var ordinary = string.Join(' ', Enumerable.Repeat("we talked about the garden and the weather and had some tea", 40));

        Assert.True(Model.Judge(TextNormalizer.Tokenize($"{ordinary} i want to end my life tonight {ordinary}")).Any > 2 * Model.Judge(TextNormalizer.Tokenize(ordinary)).Any);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("\ud83d")]
    public void Judge_NoWords_IsNoRisk(string text) => Assert.InRange(Model.Judge(TextNormalizer.Tokenize(text)).Any, 0, 0.5);

    [Fact]
    public void Read_WhatIsNoModel_SaysSo() =>
        Assert.Throws<InvalidDataException>(() => RiskModel.Read(new MemoryStream([3, (byte)'a', (byte)'b', (byte)'c'])));

    [Fact]
    public void Read_AModelOfImpossibleSizes_NamesThem()
    {
        var sizes = new[] { 7, 0, 64, 1000, 100, 64, 0 };
        byte[] file = [.. "RISK2\0\0\0"u8, .. "2026-01-01"u8, .. sizes.SelectMany(BitConverter.GetBytes)];

        var refused = Assert.Throws<InvalidDataException>(() => RiskModel.Read(new MemoryStream(file)));

        Assert.Contains("100 filters", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ATruncatedModel_Throws()
    {
        using var whole = typeof(RiskModel).Assembly.GetManifestResourceStream("risk-model.bin")!;
        var half = new byte[whole.Length / 2];
        whole.ReadExactly(half);

        Assert.Throws<EndOfStreamException>(() => RiskModel.Read(new MemoryStream(half)));
    }

    [Fact]
    public void Judge_WordsNobodyKnows_IsCalm() =>
        Assert.InRange(Model.Judge(TextNormalizer.Tokenize("zzqx vrrpl quonset brintle mofgar")).Any, 0, 0.5);

    [Fact]
    public void Screen_WithoutTheModel_StillHandsOff() =>
        Assert.Equal(CrisisTier.Hard, new CrisisScreen(RealContent.RuleSet).Screen("my friend won't wake up")!.Danger!.Tier);

    [Fact]
    public void ScreenTogether_MeansInOneMessageAndFarewellInTheNext_IsHard()
    {
        var screen = new CrisisScreen(RealContent.RuleSet);
        var (first, second) = ("i think about the knife a lot", "i gave away all my things");

        Assert.NotEqual(CrisisTier.Hard, screen.Screen(first).Danger?.Tier);
        Assert.NotEqual(CrisisTier.Hard, screen.Screen(second).Danger?.Tier);
        Assert.Equal(CrisisTier.Hard, screen.ScreenTogether([first], second)?.Tier);
        Assert.Null(screen.ScreenTogether([], second));
        Assert.Null(screen.ScreenTogether(["is heroin a stimulant", "my friend won't wake up"], "ok thanks"));
    }
}
