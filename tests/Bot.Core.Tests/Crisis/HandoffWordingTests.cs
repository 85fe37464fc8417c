using System.Text.RegularExpressions;

namespace Bot.Core.Tests.Crisis;

/// <summary>What is said to someone in danger, held against the failures that clinicians list for chatbots (VERA-MH) and the guidance on wording.</summary>
public partial class HandoffWordingTests
{
    private static readonly string[] Ids = ["overdose", "took-too-much", "swallowed", "seizure", "medical", "withdrawal", "attempt", "suicide", "self-harm", "threat", "violence", "child", "distress", "information", "help-now", "someone-else"];

    public static TheoryData<string, string, bool, bool> All
    {
        get
        {
            var data = new TheoryData<string, string, bool, bool>();
            foreach (var id in Ids)
            {
                foreach (var language in new[] { "en", "es" })
                {
                    data.Add(id, language, false, false);
                    data.Add(id, language, true, false);
                    data.Add(id, language, false, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AHandoff_SaysWhatItMustAndNothingItMustNot(string id, string language, bool isAboutSomeoneElse, bool isRepeated)
    {
        var message = RealContent.Content.HandoffsIn(language).Compose(id, isAboutSomeoneElse, isRepeated, RealContent.Helplines);
        var first = message.Text.Split("\n\n")[0];

        // A free line day and night, the emergency number, and what the bot is, every time.
        Assert.Contains("**988**", message.Text, StringComparison.Ordinal);
        Assert.Contains("**911**", message.Text, StringComparison.Ordinal);
        Assert.Contains(language == "es" ? "programa automático" : "automatic", message.Text, StringComparison.Ordinal);
        Assert.Contains("findahelpline.com", message.Text, StringComparison.Ordinal);
        Assert.NotEmpty(message.Actions);

        // No question before the numbers, no diagnosis, no promise, no blame, no method, nothing that ends the chat.
        Assert.DoesNotContain('?', first);
        Assert.DoesNotMatch(Forbidden(), message.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AHandoff_ReadsAtSixthGrade(string id, string language, bool isAboutSomeoneElse, bool isRepeated)
    {
        if (language == "es")
        {
            return;
        }

        var text = RealContent.Content.HandoffsIn("en").Compose(id, isAboutSomeoneElse, isRepeated, RealContent.Helplines).Text;
        var said = string.Join(' ', text.Split('\n').TakeWhile(line => !line.StartsWith("- ", StringComparison.Ordinal)));

        Assert.True(Grade(said) <= 6.5, $"Grade {Grade(said):0.0}: {said}");
    }

    [Theory]
    [InlineData("overdose")]
    [InlineData("suicide")]
    [InlineData("violence")]
    public void ASecondHandoff_IsWordedOtherwise(string id)
    {
        var texts = RealContent.Content.HandoffsIn("en");

        Assert.NotEqual(texts.Compose(id, false, false, RealContent.Helplines).Text.Split("\n\n")[0], texts.Compose(id, false, true, RealContent.Helplines).Text.Split("\n\n")[0]);
    }

    /// <summary>Flesch-Kincaid, with numbers and names of products left out.</summary>
    private static double Grade(string text)
    {
        var sentences = Math.Max(1, SentenceEnds().Count(text));
        var words = Words().Matches(text).Select(match => match.Value).ToList();
        return 0.39 * words.Count / sentences + 11.8 * words.Sum(word => Math.Max(1, Vowels().Count(word.TrimEnd('e')))) / words.Count - 15.59;
    }

    [GeneratedRegex(@"commit|failed attempt|successful|everything will be|calm down|at least you|should have|you must not|diagnos|disorder|promise|guarantee|selfish|think of your family|goodbye|this chat is over|admission|our program|suicidarse con éxito|todo va a estar bien|cálmese", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"[.:;!?](\s|$|\*)")]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(@"[a-zA-Z']{2,}")]
    private static partial Regex Words();

    [GeneratedRegex("[aeiouyAEIOUY]+")]
    private static partial Regex Vowels();
}
