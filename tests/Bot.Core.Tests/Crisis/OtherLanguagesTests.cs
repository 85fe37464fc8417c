using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Text;

namespace Bot.Core.Tests.Crisis;

/// <summary>Languages that the bot does not read: the gravest cries are known, and everything else is told from English and Spanish.</summary>
public class OtherLanguagesTests
{
    private static readonly CrisisScreen Screen = RealContent.Content.CrisisScreen;
    private static readonly OtherLanguages Languages = OtherLanguagesReader.Read("other-languages.yml", RealContent.TextOf("crisis/other-languages.yml"), new List<ContentProblem>())!;

    private readonly List<ContentProblem> _problems = [];

    [Theory]
    [InlineData("je veux mourir", "suicide.fr")]
    [InlineData("Je ne veux plus vivre...", "suicide.fr")]
    [InlineData("mon fils ne respire plus", "overdose.fr")]
    [InlineData("j'ai avalé trop de cachets", "took-too-much.fr")]
    [InlineData("mon mari me frappe", "violence.fr")]
    [InlineData("quero morrer, não aguento mais", "suicide.pt")]
    [InlineData("meu marido não está respirando", "overdose.pt")]
    [InlineData("ich will sterben", "suicide.de")]
    [InlineData("ich bringe mich um", "suicide.de")]
    [InlineData("mein Bruder wacht nicht mehr auf", "overdose.de")]
    [InlineData("mein Mann schlägt mich", "violence.de")]
    [InlineData("voglio morire", "suicide.it")]
    [InlineData("mia figlia non si sveglia", "overdose.it")]
    [InlineData("nie chcę już żyć", "suicide.pl")]
    [InlineData("brat nie oddycha", "overdose.pl")]
    [InlineData("tôi muốn chết", "suicide.vi")]
    [InlineData("toi muon chet", "suicide.vi")]
    [InlineData("anh ấy không thở", "overdose.vi")]
    [InlineData("gusto ko nang mamatay", "suicide.tl")]
    [InlineData("hindi na siya humihinga", "overdose.tl")]
    [InlineData("mwen vle mouri", "suicide.ht")]
    [InlineData("li pa ka respire", "overdose.ht")]
    [InlineData("मैं मरना चाहता हूँ", "suicide.hi")]
    [InlineData("mujhe marna hai", "suicide.hi")]
    [InlineData("не хочу більше жити", "suicide.uk")]
    [InlineData("хочу умереть", "suicide.ru")]
    [InlineData("мой сын не дышит", "overdose.ru")]
    [InlineData("死にたい", "suicide.ja")]
    [InlineData("息をしていない", "overdose.ja")]
    [InlineData("我想死", "suicide.zh")]
    [InlineData("我 想 死", "suicide.zh")]
    [InlineData("他没有呼吸了", "overdose.zh")]
    [InlineData("他沒有呼吸", "overdose.zh")]
    [InlineData("죽고 싶어요", "suicide.ko")]
    [InlineData("숨을 안 쉬어요", "overdose.ko")]
    [InlineData("میخوام بمیرم", "suicide.fa")]
    [InlineData("می‌خواهم بمیرم", "suicide.fa")]
    [InlineData("أريد أن أموت", "suicide.ar")]
    [InlineData("اريد ان اموت", "suicide.ar")]
    [InlineData("ابني لا يتنفس", "overdose.ar")]
    [InlineData("je pense à me tuer", "suicide.fr")]
    [InlineData("meu filho está roxo e não responde", "overdose.pt")]
    [InlineData("ich will einfach nur noch sterben", "suicide.de")]
    [InlineData("ona się nie budzi", "overdose.pl")]
    [InlineData("pitit mwen pa ka reveye", "overdose.ht")]
    [InlineData("मेरा पति मुझे मारता है", "violence.hi")]
    [InlineData("у мужа передоз", "overdose.ru")]
    [InlineData("我真的很想死", "suicide.zh")]
    [InlineData("أفكر في الانتحار", "suicide.ar")]
    [InlineData("can you help, je veux mourir", "suicide.fr")]
    public void Screen_ACry_IsHandedOffAsWhatItIs(string text, string ruleId)
    {
        var finding = Screen.Screen(text).Danger;

        Assert.Equal(ruleId, finding?.RuleId);
        Assert.Equal(CrisisTier.Hard, finding!.Tier);
        Assert.Equal(ruleId.StartsWith("overdose", StringComparison.Ordinal), finding.IsAboutSomeoneElse);
        Assert.InRange(finding.Start + finding.Length, 1, text.Length);
    }

    [Theory]
    [InlineData("je veux mourir de rire")]
    [InlineData("je ne veux pas mourir")]
    [InlineData("我想死你了")]
    [InlineData("estou morrendo de fome, quero morrer de rir")]
    [InlineData("où puis-je acheter du pain")]
    [InlineData("est-ce que l'héroïne est un stimulant")]
    [InlineData("ich habe heute das auto gewaschen")]
    [InlineData("meu filho chegou da escola e fez o dever")]
    [InlineData("vorrei sapere quanto costa il trattamento")]
    [InlineData("mera beta school gaya hai aaj")]
    [InlineData("海洛因是兴奋剂吗")]
    [InlineData("героин это стимулятор")]
    public void Screen_SomethingElse_IsNotHandedOff(string text) => Assert.NotEqual(CrisisTier.Hard, Screen.Screen(text).Danger?.Tier);

    /// <summary>Nothing on the way to the numbers may fail: halves of pairs, marks without letters, every script.</summary>
    [Fact]
    public void Screen_AnyCharacters_NeverThrows()
    {
        var random = new Random(16);
        for (var i = 0; i < 1_000; i++)
        {
            var block = random.Next(0xFF);
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(5) == 0 ? ' ' : (char)(random.Next(3) == 0 ? random.Next(char.MaxValue + 1) : (block << 8) + random.Next(0x100))));

            var finding = Screen.Screen(text).Danger;

            Assert.True(finding is null || finding.Start + finding.Length <= text.Length);
            _ = Screen.OtherLanguageOf(text, TextNormalizer.Tokenize(text));
        }
    }

    [Fact]
    public void Screen_WhatIsStrictlyDangerInEnglishOrSpanish_KeepsItsRule()
    {
        Assert.Equal("es", Screen.Screen("quiero morir").Danger?.Language);
        Assert.Equal("en", Screen.Screen("i want to die, je veux mourir").Danger?.Language);
    }

    [Theory]
    [InlineData("combien ça coûte une cure", "fr")]
    [InlineData("wie lange dauert die behandlung", "de")]
    [InlineData("meu filho usa heroína", "pt")]
    [InlineData("vorrei sapere quanto costa il trattamento", "it")]
    [InlineData("mój syn bierze narkotyki, proszę o pomoc", "pl")]
    [InlineData("tôi không biết phải làm gì", "vi")]
    [InlineData("ano ang heroin? kailangan ko ng tulong", "tl")]
    [InlineData("mwen bezwen èd pou pitit mwen", "ht")]
    [InlineData("kya heroin ek stimulant hai", "hi")]
    [InlineData("क्या हेरोइन उत्तेजक है", "hi")]
    [InlineData("чи є героїн стимулятором", "uk")]
    [InlineData("героин это стимулятор", "ru")]
    [InlineData("ヘロインは興奮剤ですか", "ja")]
    [InlineData("海洛因是兴奋剂吗", "zh")]
    [InlineData("헤로인은 각성제인가요", "ko")]
    [InlineData("آیا هروئین محرک است؟ چه کار کنم", "fa")]
    [InlineData("هل الهيروين منشط", "ar")]
    [InlineData("האם הרואין הוא סם מעורר", "und")]
    [InlineData("is heroin a stimulant", null)]
    [InlineData("¿la heroína es un estimulante?", null)]
    [InlineData("merci", null)]
    [InlineData("мне help", null)]
    [InlineData("kіll mуself", null)]
    [InlineData("𝓱𝓮𝓵𝓹 𝓶𝓮", null)]
    [InlineData("ｈｅｌｐ ｍｅ", null)]
    [InlineData("😢😢", null)]
    [InlineData("", null)]
    public void OtherLanguageOf_IsTold(string text, string? code) => Assert.Equal(code, Screen.OtherLanguageOf(text, TextNormalizer.Tokenize(text))?.Code);

    [Theory]
    [InlineData("messages.tsv")]
    [InlineData("messages-later.tsv")]
    public void NothingOfOurOwnMessages_IsTakenForAnotherLanguageOrACryInOne(string file)
    {
        var taken = File.ReadLines(RepositoryRoot.Combine("tests", "crisis", file)).Skip(1)
            .Select(line => line.Split('\t')[1])
            .Where(text => TextNormalizer.Tokenize(text) is var tokens && (Languages.Guess(text, tokens) is not null || Languages.FindCry(tokens) is not null));

        Assert.Empty(taken);
    }

    [Theory]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} {crisis} X\"\n    cries: { suicide: [zz] }", "'xx' has neither 'words' nor 'letters', so it can never be told. Add one of them.")]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} X\"\n    words: zzz\n    cries: { suicide: [zz] }", "'help' must have {crisis} in it.")]
    [InlineData("languages:\n  xx:\n    name: Xish\n    help: \"{emergency} {crisis}\"\n    words: zzz\n    cries: { suicide: [zz] }", "'help' must have Xish in it.")]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} {crisis} X\"\n    words: the\n    cries: { suicide: [zz] }", "'the' is an English or Spanish word too, and tells nothing. Delete it from 'words'.")]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} {crisis} X\"\n    letters: [z-a]\n    cries: { suicide: [zz] }", "'z-a' is no letter and no range of letters. Write one character, or two with '-' between, the lower first.")]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} {crisis} X\"\n    words: zzz\n    cries: { despair: [zz] }", "'despair' is not known under 'cries'. Known: overdose, took-too-much, suicide, violence.")]
    [InlineData("languages:\n  xx:\n    name: X\n    help: \"{emergency} {crisis} {phone} X\"\n    words: zzz\n    cries: { suicide: [zz] }", "'{phone}' is no placeholder. Known: {emergency}, {crisis}.")]
    public void Read_Mistakes_AreNamed(string text, string problem)
    {
        OtherLanguagesReader.Read("other-languages.yml", text, _problems);

        Assert.Contains(_problems, found => found.Message == problem);
    }
}
