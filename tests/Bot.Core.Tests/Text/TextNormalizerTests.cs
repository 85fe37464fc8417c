using Bot.Core.Text;

namespace Bot.Core.Tests.Text;

public class TextNormalizerTests
{
    [Theory]
    [InlineData("He WON'T wake up!!", "he will not wake up")]
    [InlineData("he won\u2019t wake up", "he will not wake up")]
    [InlineData("I\u00A0can\u2019t", "i can not")]
    [InlineData("k1ll mys3lf", "kill myself")]
    [InlineData("0verd0se", "overdose")]
    [InlineData("su!cide", "suicide")]
    [InlineData("d i e", "die")]
    [InlineData("s-u-i-c-i-d-e", "suicide")]
    [InlineData("d\u200Bi\u200Be", "die")]
    [InlineData("ｄｉｅ", "die")]
    [InlineData("suісіdе", "suicide")]
    [InlineData("heeeeelp", "heelp")]
    [InlineData("mi hija no respira, ¡ayuda!", "mi hija no respira ayuda")]
    [InlineData("sobredósis", "sobredosis")]
    [InlineData("took 30 💊", "took 30 pills")]
    [InlineData("24h 10mg 911", "24h 10mg 911")]
    [InlineData("my brother's not breathing", "my brother is not breathing")]
    [InlineData("<script>alert(1)</script>", "script alert 1 script")]
    [InlineData("\u0000\u0007 \ud800 ", "")]
    [InlineData("🙂🙂", "")]
    public void Key_WhatPeopleType_IsPlainWords(string typed, string expected) => Assert.Equal(expected, TextNormalizer.Key(typed));

    [Fact]
    public void Tokenize_ObfuscatedText_PointsBackIntoWhatWasTyped()
    {
        const string Typed = "please  k.i.l.l me";

        var token = TextNormalizer.Tokenize(Typed)[1];

        Assert.Equal("kill", token.Text);
        Assert.Equal("k.i.l.l", Typed.Substring(token.Start, token.Length));
    }

    [Fact]
    public void Tokenize_AnyCharacters_NeverThrows()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, 200).Select(_ => (char)random.Next(0, 0xFFFF))]);

            Assert.All(TextNormalizer.Tokenize(text), token => Assert.InRange(token.End, 1, text.Length));
        }
    }

    [Theory]
    [InlineData("is heroin a stimulant", "en")]
    [InlineData("¿la heroína es un estimulante?", "es")]
    [InlineData("my son will not wake up, no respira", "en")]
    public void GuessLanguage_ByTheLittleWords(string typed, string expected) =>
        Assert.Equal(expected, StopWords.GuessLanguage(TextNormalizer.Tokenize(typed)));

    [Theory]
    [InlineData("heroin", "herion", 1, true)]
    [InlineData("kill", "skill", 1, true)]
    [InlineData("depressant", "depresent", 2, true)]
    [InlineData("depressant", "present", 2, false)]
    public void EditDistance_CountsMistakes(string left, string right, int limit, bool expected) =>
        Assert.Equal(expected, EditDistance.IsWithin(left, right, limit));
}
