using Bot.Core.Content;
using Bot.Core.Crisis;

namespace Bot.Core.Tests.Crisis;

public class HelplineTests
{
    private static readonly string Real = RealContent.TextOf("crisis/helplines.yml");

    [Fact]
    public void Fallback_CompiledIn_HasTheNumbersOfTheFile()
    {
        var helplines = RealContent.Helplines;

        foreach (var line in new[] { helplines.Emergency, helplines.CrisisLine, helplines.Centre })
        {
            Assert.Contains(line.Call!, FallbackHandoff.Text, StringComparison.Ordinal);
            Assert.Contains(FallbackHandoff.Message.Actions, action => action.Uri == line.CallUri);
        }

        Assert.Contains(helplines.Centre.Purpose.English, FallbackHandoff.Text, StringComparison.Ordinal);
        Assert.Contains("hours not confirmed", FallbackHandoff.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCentresLines_NobodyHasDialled_SaySo()
    {
        var centres = RealContent.Helplines.All.Where(line => line.Role == "centre").ToList();

        Assert.Equal(["(866) 971-5531", "(855) 425-4846"], centres.Select(line => line.Call));
        Assert.All(centres, line => Assert.Null(line.CheckedOn));
        Assert.All(centres, line => Assert.Equal("hours not confirmed", line.HoursIn("en")));
        Assert.Equal("tel:+18669715531", RealContent.Helplines.Centre.CallUri);
        Assert.Equal([.. centres.Select(line => line.Id), "safespot"], RealContent.Helplines.Unchecked.Select(line => line.Id));
    }

    [Fact]
    public void Read_AnotherId_SelectsTheOtherLine() =>
        Assert.Equal("(855) 425-4846", Read(Real, new HelplineOptions { Id = "1st-step-button" }, out _)!.Centre.Call);

    [Theory]
    [InlineData("role: emergency", "role: other", "no helpline with the role 'emergency'")]
    [InlineData("role: crisis-line", "role: other", "no helpline with the role 'crisis-line'")]
    [InlineData("id: 1st-step-text", "id: other", "Helpline:Id is '1st-step-text'")]
    [InlineData("call: \"(866) 971-5531\"", "call: \"(866) 971-55\"", "is not a phone number of 'US'")]
    [InlineData("checkedOn: 2026-11-23", "checkedOn: last week", "'last week' is not a date")]
    [InlineData("chat: https://988lifeline.org", "chat: javascript:alert(1)", "is not an https address")]
    [InlineData("purpose: { en: \"any", "purposes: { en: \"any", "has no 'purpose'")]
    public void Read_ABadFile_SaysWhat(string good, string bad, string message)
    {
        Read(Real.Replace(good, bad, StringComparison.Ordinal), new HelplineOptions(), out var problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ACountryWithoutNumbers_HasNoDirectory()
    {
        Assert.Null(Read(Real, new HelplineOptions { Country = "NZ" }, out var problems));
        Assert.Contains(problems, problem => problem.Message.Contains("for the country 'NZ'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void EveryHandoff_HasTheNumbersInFullTheCentreLastAndSaysWhatItIs(string language)
    {
        var texts = RealContent.Content.HandoffsIn(language);
        foreach (var id in RealContent.RuleSet.HandoffIds.Concat(HandoffTexts.AlwaysNeeded).Distinct())
        {
            foreach (var isRepeated in new[] { false, true })
            {
                var message = texts.Compose(id, isAboutSomeoneElse: false, isRepeated, RealContent.Helplines);

                Assert.Contains("911", message.Text, StringComparison.Ordinal);
                Assert.Contains("988", message.Text, StringComparison.Ordinal);
                Assert.Contains("(866) 971-5531", message.Text, StringComparison.Ordinal);
                Assert.Contains(RealContent.Helplines.Centre.Purpose.In(language), message.Text, StringComparison.Ordinal);
                Assert.Contains("findahelpline.com", message.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("{", message.Text, StringComparison.Ordinal);
                Assert.Equal("tel:+18669715531", message.Actions.Last(action => action.Kind == HelpActionKind.Call).Uri);
                Assert.All(message.Actions.Where(action => action.Kind != HelpActionKind.Link), action => Assert.Matches(@"\d", action.Title));
            }
        }
    }

    [Theory]
    [InlineData("overdose", "tel:911")]
    [InlineData("seizure", "tel:911")]
    [InlineData("withdrawal", "tel:911")]
    [InlineData("violence", "tel:911")]
    [InlineData("suicide", "tel:988")]
    [InlineData("self-harm", "tel:988")]
    [InlineData("swallowed", "tel:+18002221222")]
    public void EveryHandoff_BeginsWithTheRightNumber(string id, string uri) =>
        Assert.Equal(uri, RealContent.Content.HandoffsIn("en").Compose(id, false, false, RealContent.Helplines).Actions[0].Uri);

    [Fact]
    public void OverdoseSteps_GoWithOverdoseOnly()
    {
        foreach (var id in new[] { "seizure", "medical", "withdrawal", "swallowed" })
        {
            Assert.DoesNotContain("naloxone", RealContent.Content.HandoffsIn("en").Compose(id, false, false, RealContent.Helplines).Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("naloxone", RealContent.Content.HandoffsIn("en").Compose("overdose", false, false, RealContent.Helplines).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void NoText_UsesWordsTheGuidanceForbids()
    {
        var texts = RealContent.TextOf("replies/handoffs.en-us.yml") + RealContent.TextOf("replies/replies.en-us.yml");

        foreach (var word in new[] { "commit suicide", "committed suicide", "successful attempt", "failed attempt", "everything will be fine", "think of your family", "confidential" })
        {
            Assert.DoesNotContain(word, texts, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("  suicide:\n", "  suicides:\n", "no handoff 'suicide'")]
    [InlineData("lines: [crisis-line, emergency, text-line, centre]", "lines: [centre, crisis-line, emergency]", "must begin with")]
    [InlineData("{poison}", "{poisson}", "'{poisson}' is no placeholder")]
    public void ReadHandoffs_ABadFile_SaysWhat(string good, string bad, string message)
    {
        var problems = new List<ContentProblem>();

        HandoffTexts.Read("h.yml", "en", RealContent.TextOf("replies/handoffs.en-us.yml").ReplaceLineEndings("\n").Replace(good, bad, StringComparison.Ordinal), problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    private static HelplineDirectory? Read(string text, HelplineOptions options, out List<ContentProblem> problems)
    {
        problems = [];
        return HelplineReader.Read("helplines.yml", text, options, problems);
    }
}
