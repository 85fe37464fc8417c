using System.IO.Compression;
using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Core.Tests.Crisis;

public class RiskModelTests
{
    private static readonly RiskModel Model = RiskModel.Load();

    private static Risk Judge(string text) => Model.Judge(text, TextNormalizer.Tokenize(text)).Risk;

    [Fact]
    public void Load_TheEmbeddedModel_KnowsItsDayAndSize()
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Model.TrainedOn);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Model.ReaderTrainedOn);
        Assert.True(Model.Messages > 1000);
    }

    [Theory]
    [InlineData("i want to stop the pain and be gone forever", true)]
    [InlineData("how do i change my address", false)]
    public void Judge_TellsDangerFromOrdinaryTalk(string text, bool isRisk) =>
        Assert.Equal(isRisk, Judge(text).Any > 0.5);

    [Fact]
    public void Judge_OneClauseInAVeryLongMessage_Counts()
    {
        var ordinary = string.Join(' ', Enumerable.Repeat("we talked about the garden and the weather and had some tea", 40));

        Assert.True(Judge($"{ordinary} i want to end my life tonight {ordinary}").Any > 2 * Judge(ordinary).Any);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("\ud83d")]
    public void Judge_NoWords_IsNoRisk(string text) => Assert.InRange(Judge(text).Any, 0, 0.5);

    [Fact]
    public void Read_WhatIsNoModel_SaysSo() =>
        Assert.Throws<InvalidDataException>(() => RiskModel.Read(new MemoryStream([3, (byte)'a', (byte)'b', (byte)'c'])));

    [Fact]
    public void Read_AModelOfImpossibleSizes_NamesThem()
    {
        using var file = new MemoryStream();
        file.Write("RISK4\0\0\0"u8);
        using (var body = new ZLibStream(file, CompressionMode.Compress, leaveOpen: true))
        {
            int[] sizes = [7, 0, 64, 1000, 192, 64, 100, 64, 0];
            body.Write([.. "2026-01-01"u8, .. sizes.SelectMany(BitConverter.GetBytes)]);
        }

        file.Position = 0;

        Assert.Contains("192 and 100 filters", Assert.Throws<InvalidDataException>(() => RiskModel.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AReaderOfImpossibleSizes_NamesThem()
    {
        using var file = new MemoryStream();
        file.Write("READ1\0\0\0"u8);
        using (var body = new ZLibStream(file, CompressionMode.Compress, leaveOpen: true))
        {
            int[] sizes = [100, 0, 384, 5, 6, 1536, 96];
            body.Write([.. "2026-01-01"u8, .. sizes.SelectMany(BitConverter.GetBytes)]);
        }

        file.Position = 0;

        Assert.Contains("6 layers of 384 numbers, 1536 units and 5 heads", Assert.Throws<InvalidDataException>(() => RiskReader.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk-model.bin", 0)]
    [InlineData("risk-model.bin", 20)]
    [InlineData("risk-model.bin", 600_000)]
    [InlineData("risk-reader.bin", 0)]
    [InlineData("risk-reader.bin", 20)]
    [InlineData("risk-reader.bin", 60_000)]
    [InlineData("risk-reader.bin", 6_000_000)]
    public void Read_ATruncatedModel_ThrowsWhatTheContentReaderCatches(string name, int length)
    {
        using var whole = typeof(RiskModel).Assembly.GetManifestResourceStream(name)!;
        var part = new byte[length];
        whole.ReadExactly(part);

        Assert.True(Record.Exception(() => name == "risk-model.bin" ? (object)RiskModel.Read(new MemoryStream(part)) : RiskReader.Read(new MemoryStream(part))) is IOException or InvalidDataException);
    }

    [Fact]
    public void Judge_DangerBesideMuchDistress_IsNotHiddenByIt()
    {
        const string Danger = "i have decided that tonight i am going to end my life";
        const string Distress = "everything is grey and i feel so alone and ashamed and i cannot stop crying about my kids and the house and the job";
        var alone = Judge(Danger);

        var together = Judge($"{Distress} {Distress} {Danger} {Distress} {Distress}");

        Assert.True(together.Acute > 0.5 && alone.Acute > 0.5, $"{alone} {together}");
        Assert.Equal(0.6, new Risk(0.6, 0.1).Or(new Risk(0.05, 0.9)).Acute);
        Assert.Equal(0.95, new Risk(0.6, 0.1).Or(new Risk(0.05, 0.9)).Any, 6);
    }

    [Fact]
    public void Judge_WordsNobodyKnows_IsCalm() =>
        Assert.InRange(Judge("zzqx vrrpl quonset brintle mofgar").Any, 0, 0.5);

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
