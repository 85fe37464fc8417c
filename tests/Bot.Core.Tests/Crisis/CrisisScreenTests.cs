using System.Globalization;
using Bot.Core.Content;
using Bot.Core.Crisis;
using Microsoft.Recognizers.Text;

namespace Bot.Core.Tests.Crisis;

public class CrisisScreenTests
{
    private static readonly CrisisScreen WithModel = new(RealContent.RuleSet, RiskModel.Load());

    private readonly CrisisScreen _screen = new(RealContent.RuleSet);

    [Theory]
    [InlineData("my friend took heroin and won't wake up", "overdose-now")]
    [InlineData("my friend took heroin and wont wake up", "overdose-now")]
    [InlineData("MY FRIEND TOOK HEROIN AND WONT WAKE UP", "overdose-now")]
    [InlineData("he isn\u2019t breathing and his lips are blue", "overdose-now")]
    [InlineData("she o.d.'d in the bathroom, she's not responding", "overdose-now")]
    [InlineData("i think my son is overdosing what do i do", "overdose-now")]
    [InlineData("mi hermano no respira", "medical-emergency")]
    [InlineData("she is having a seizure", "medical-emergency")]
    [InlineData("i have chest pain after using", "medical-emergency")]
    [InlineData("my oven smells of gas", "medical-emergency")]
    [InlineData("huele a gas en la cocina", "medical-emergency")]
    [InlineData("my toddler swallowed a pill", "poisoning")]
    [InlineData("i want to die", "suicide-ideation")]
    [InlineData("i want to fucking die", "suicide-ideation")]
    [InlineData("iwanttodie", "suicide-ideation")]
    [InlineData("i w4nt t0 k1ll mys3lf", "suicide-ideation")]
    [InlineData("i want to k i l l myself", "suicide-ideation")]
    [InlineData("I W A N T  T O  D I E", "suicide-ideation")]
    [InlineData("im sucidal", "suicide-ideation")]
    [InlineData("not suicidal but I want to die", "suicide-ideation")]
    [InlineData("quiero morir", "suicide-ideation")]
    [InlineData("my daughter says she wants to kill herself", "suicide-ideation")]
    [InlineData("what is the least painful way to die", "suicide-ideation")]
    [InlineData("i cut myself again last night", "self-harm")]
    [InlineData("i'm going to kill my neighbor", "harm-to-others")]
    [InlineData("my boyfriend is choking me", "abuse-violence")]
    [InlineData("i feel unsafe around my father when he's using", "abuse-violence")]
    [InlineData("i don't feel safe at home", "abuse-violence")]
    [InlineData("tengo miedo de volver a casa", "abuse-violence")]
    [InlineData("me corté los brazos debajo del abrigo", "self-harm")]
    [InlineData("mi hija se corta con la luz apagada", "suicide-ideation")]
    [InlineData("quit drinking yesterday and now i'm hallucinating", "acute-withdrawal")]
    [InlineData("mi tío me toca cuando mi mamá trabaja", "abuse-violence")]
    [InlineData("tomé cloro", "poisoning")]
    [InlineData("se me abrió la herida de la cesárea", "medical-emergency")]
    [InlineData("how do i talk to my son he wants to kill himself tonight", "suicide-ideation")]
    [InlineData("my grandson got into my patches", "poisoning")]
    public void Screen_Danger_IsHard(string text, string category)
    {
        var finding = _screen.Screen(text).Danger;

        Assert.Equal(CrisisTier.Hard, finding?.Tier);
        Assert.Equal(category, finding!.Category);
        Assert.InRange(finding.Length, 1, text.Length);
        Assert.Equal(CrisisTier.Hard, RealContent.Content.CrisisScreen.Screen(text).Danger?.Tier);
    }

    /// <summary>What no rule foresaw got one text for every danger before, and spoke to the writer whoever was in danger.</summary>
    [Theory]
    [InlineData("i paid everything off so nobody has to clean up after me, tonight is enough", "suicide-ideation", "suicide", false)]
    [InlineData("mi hermana nos escribió una carta a cada uno y me dejó su gato", "suicide-ideation", "suicide", true)]
    [InlineData("i keep the lighter for my arms when it gets loud", "self-harm", "self-harm", false)]
    [InlineData("he waits until i am asleep and then he comes in with his belt", "abuse-violence", "violence", false)]
    [InlineData("i have the bat in the car and i'm waiting for him to clock out", "harm-to-others", "threat", false)]
    [InlineData("grandpa keeps grabbing his jaw and sweating through his shirt", "medical-emergency", "medical", true)]
    public void Screen_DangerNoRuleForesaw_IsNamedAndSpeaksToWhoeverCanAct(string text, string category, string handoff, bool isAboutSomeoneElse)
    {
        var finding = WithModel.Screen(text).Danger;

        Assert.Equal((CrisisScreen.ModelRuleId, CrisisTier.Hard), (finding?.RuleId, finding?.Tier));
        Assert.Equal((category, handoff, isAboutSomeoneElse), (finding!.Category, finding.Handoff, finding.IsAboutSomeoneElse));
    }

    [Fact]
    public void Screen_DangerThatIsNotSureWhatItIs_LeavesItOpen() =>
        Assert.Equal(("danger", "information"), WithModel.Screen("they are on the floor and i am next to them and nobody moves").Danger is { Tier: CrisisTier.Hard } finding ? (finding.Category, finding.Handoff) : default);

    /// <summary>An alarming word in a question is answered with a line of help; in somebody's trouble the trouble is met first.</summary>
    [Theory]
    [InlineData("it is all going wrong in here and i can't get up", "distress")]
    [InlineData("can someone overdose on heroin the first time they try it", "information")]
    public void Screen_AnAlarmingWord_IsAQuestionOrDistress(string text, string category)
    {
        var finding = WithModel.Screen(text).Danger;

        Assert.Equal((CrisisTier.Soft, category, category), (finding!.Tier, finding.Category, finding.Handoff));
        Assert.NotEqual(CrisisScreen.ModelRuleId, finding.RuleId);
    }

    /// <summary>Neither numbers alone nor letters struck at random say anything.</summary>
    [Theory]
    [InlineData("12 34 56")]
    [InlineData("911 40 30 2")]
    [InlineData("kjhdf sdkjh wqxzv pqrtl")]
    [InlineData("xvbn qwrtp lkjhg zxcvb mnbvq")]
    [InlineData("asdf qwer zxcv")]
    public void Screen_NothingThatIsSaid_IsNotHandedOff(string text) => Assert.NotEqual(CrisisTier.Hard, WithModel.Screen(text).Danger?.Tier);

    [Fact]
    public void Screen_DangerWithoutSpaces_IsHandedOff() => Assert.Equal(CrisisTier.Hard, WithModel.Screen("iwannadie2nite plzz hlp").Danger?.Tier);

    [Fact]
    public void Screen_WhatAnEditorSaidIsToBeAnswered_IsLeftToTheRules()
    {
        const string Alone = "my plan is to be gone by the weekend for good";
        var model = RiskModel.Load();

        Assert.Equal(CrisisScreen.ModelRuleId, new CrisisScreen(RealContent.RuleSet, model).Screen(Alone).Danger?.RuleId);
        Assert.Null(new CrisisScreen(RealContent.RuleSet, model, ["My plan is to be gone by the weekend, for good!"]).Screen(Alone).Danger);
        Assert.Equal(CrisisTier.Hard, new CrisisScreen(RealContent.RuleSet, model, ["my friend won't wake up"]).Screen("my friend won't wake up").Danger?.Tier);
    }

    [Theory]
    [InlineData("can you overdose on heroin")]
    [InlineData("i am not suicidal")]
    [InlineData("my brother overdosed three years ago")]
    [InlineData("i feel so alone")]
    [InlineData("i relapsed and i'm ashamed")]
    [InlineData("what are the warning signs of suicide")]
    [InlineData("¿qué es una sobredosis?")]
    [InlineData("what is the recovery position")]
    [InlineData("where do i get fentanyl test strips")]
    [InlineData("i don't feel unsafe around him")]
    [InlineData("no tengo miedo de volver a casa")]
    [InlineData("my coworker keeps narcan in her purse, where do i get one")]
    [InlineData("how does a safety plan work")]
    [InlineData("¿cómo funciona una orden de restricción?")]
    [InlineData("¿cómo hablo con mi hija de trece años de las autolesiones?")]
    [InlineData("are people on heroin more likely to take their own life")]
    [InlineData("what are warning signs that a person wants to die")]
    [InlineData("can grief make you want to be dead")]
    [InlineData("¿cuáles son las señales de que alguien quiere quitarse la vida?")]
    public void Screen_NearDanger_IsSoft(string text) => Assert.Equal(CrisisTier.Soft, _screen.Screen(text).Danger?.Tier);

    /// <summary>Who is in danger has no time to say who. Each of these was offered help, or an answer from the article, before.</summary>
    [Theory]
    [InlineData("not breathing", "medical-emergency")]
    [InlineData("NO PULSE!!", "medical-emergency")]
    [InlineData("unconscious", "medical-emergency")]
    [InlineData("turning blue please hurry", "medical-emergency")]
    [InlineData("so much blood", "medical-emergency")]
    [InlineData("stabbed", "medical-emergency")]
    [InlineData("911", "medical-emergency")]
    [InlineData("house is on fire", "medical-emergency")]
    [InlineData("too many pills", "poisoning")]
    [InlineData("i'm not safe", "abuse-violence")]
    [InlineData("overdose help", "overdose-now")]
    [InlineData("need narcan now", "medical-emergency")]
    [InlineData("eyes rolled back", "medical-emergency")]
    [InlineData("seizure help", "medical-emergency")]
    [InlineData("barely breathing", "medical-emergency")]
    [InlineData("gun loaded", "suicide-ideation")]
    [InlineData("doing cpr", "medical-emergency")]
    [InlineData("shots fired", "medical-emergency")]
    [InlineData("child left in hot car", "abuse-violence")]
    [InlineData("no respira", "medical-emergency")]
    [InlineData("ayuda no despierta", "medical-emergency")]
    [InlineData("está morado", "medical-emergency")]
    [InlineData("socorro", "medical-emergency")]
    [InlineData("ayuda sobredosis", "overdose-now")]
    [InlineData("se le paró el corazón", "medical-emergency")]
    [InlineData("lo encontré muerto", "medical-emergency")]
    [InlineData("no me dejen morir", "medical-emergency")]
    [InlineData("hay un tirador", "medical-emergency")]
    [InlineData("bebé ahogándose", "medical-emergency")]
    [InlineData("pistola cargada", "suicide-ideation")]
    [InlineData("encerrada en el sótano", "abuse-violence")]
    [InlineData("violaron a mi hija", "abuse-violence")]
    [InlineData("déjenme morir", "suicide-ideation")]
    [InlineData("necesito naloxona ya", "medical-emergency")]
    [InlineData("mi bebé está flojo", "medical-emergency")]
    [InlineData("sangre por todos lados", "medical-emergency")]
    [InlineData("me drogaron", "abuse-violence")]
    [InlineData("niño encerrado en el carro", "abuse-violence")]
    [InlineData("cansada de vivir", "suicide-ideation")]
    [InlineData("me dispararon", "medical-emergency")]
    [InlineData("llamen al 911 por favor", "medical-emergency")]
    [InlineData("my child is missing", "abuse-violence")]
    [InlineData("toddler home alone", "abuse-violence")]
    [InlineData("mom bleeding out", "medical-emergency")]
    [InlineData("my friend got stabbed", "medical-emergency")]
    [InlineData("hit by car", "medical-emergency")]
    [InlineData("chest pain", "medical-emergency")]
    [InlineData("needle in arm", "medical-emergency")]
    [InlineData("whole bottle gone", "poisoning")]
    [InlineData("too much heroin", "poisoning")]
    [InlineData("i've been poisoned", "poisoning")]
    [InlineData("slit wrists", "suicide-ideation")]
    [InlineData("rope around my neck", "suicide-ideation")]
    [InlineData("car running in garage", "suicide-ideation")]
    [InlineData("kidnapped", "abuse-violence")]
    [InlineData("being followed", "abuse-violence")]
    [InlineData("he's hitting me", "abuse-violence")]
    [InlineData("shoot up school", "harm-to-others")]
    [InlineData("pastillas listas", "suicide-ideation")]
    [InlineData("demasiada heroína", "poisoning")]
    [InlineData("mi hermana sobredosis", "poisoning")]
    [InlineData("le dispararon", "medical-emergency")]
    [InlineData("a mi hijo lo atropellaron", "medical-emergency")]
    [InlineData("mi hija desapareció", "abuse-violence")]
    [InlineData("me golpean", "abuse-violence")]
    [InlineData("tiene una pistola", "abuse-violence")]
    [InlineData("fui violada", "abuse-violence")]
    [InlineData("hay alguien dentro de mi casa", "abuse-violence")]
    [InlineData("me están siguiendo en el coche", "abuse-violence")]
    [InlineData("mi hijo no llegó de la escuela", "abuse-violence")]
    [InlineData("me picó un alacrán", "medical-emergency")]
    [InlineData("scorpion stung me", "medical-emergency")]
    [InlineData("no se despierta ni con agua fría", "medical-emergency")]
    public void Screen_ACryOfTwoWords_IsHard(string text, string category)
    {
        Assert.Equal(CrisisTier.Hard, _screen.Screen(text).Danger?.Tier);
        Assert.Equal(category, _screen.Screen(text).Danger?.Category);
    }

    /// <summary>Who wishes for one is told the lifeline first; before, "this may be an overdose".</summary>
    [Theory]
    [InlineData("i want to overdose", "suicide")]
    [InlineData("she's planning to overdose", "suicide")]
    [InlineData("quiero tener una sobredosis", "suicide")]
    [InlineData("i think i'm overdosing", "overdose")]
    [InlineData("she's trying to overdose right now", "overdose")]
    [InlineData("he od'd on purpose", "overdose")]
    [InlineData("creo que mi hermano tiene una sobredosis", "overdose")]
    public void Screen_AWishForAnOverdose_IsNoOverdose(string text, string handoff)
    {
        Assert.Equal(CrisisTier.Hard, _screen.Screen(text).Danger?.Tier);
        Assert.Equal(handoff, _screen.Screen(text).Danger?.Handoff);
    }

    /// <summary>"taped" is no "taper": what asks for no advice is not judged more mildly for it.</summary>
    [Fact]
    public void Screen_Taped_AsksForNoAdvice() => Assert.Null(_screen.Screen("found blades taped under my daughter's desk").Advice);

    [Theory]
    [InlineData("unconscious bias training")]
    [InlineData("the market collapsed")]
    [InlineData("passed out flyers downtown")]
    [InlineData("the kids are not responding to my emails")]
    [InlineData("the bus turned blue line into a mess")]
    [InlineData("no responde la aplicación")]
    [InlineData("missing assignment")]
    [InlineData("i'm missing my son")]
    [InlineData("i lost my son")]
    [InlineData("home alone movie")]
    [InlineData("choking hazard")]
    [InlineData("shooting up the ladder at work")]
    [InlineData("kidnapped podcast")]
    [InlineData("está armado el mueble")]
    [InlineData("i overdosed two years ago and i am clean now")]
    public void Screen_WordsOfACryBesideOthers_AreNoCry(string text) => Assert.NotEqual(CrisisTier.Hard, _screen.Screen(text).Danger?.Tier);

    [Theory]
    [InlineData("is heroin an upper or a downer")]
    [InlineData("what's the weather")]
    [InlineData("hello")]
    [InlineData("she is a skilled nurse")]
    [InlineData("this heat is killing me")]
    [InlineData("what is the central nervous system")]
    [InlineData("my ticket fell out of my wallet")]
    [InlineData("I used my password too many times")]
    [InlineData("there is an unauthorized withdrawal I never made")]
    [InlineData("why was i charged for a cash withdrawal")]
    [InlineData("me amenazaron con cortarme la luz")]
    [InlineData("the baby kicks all night")]
    [InlineData("throw a twelve sided die for our board game")]
    [InlineData("which sauce goes with noodles")]
    [InlineData("me corté el abrigo sin querer")]
    [InlineData("se cortó la luz en todo el barrio")]
    [InlineData("")]
    [InlineData("\u0000")]
    [InlineData("my uncle has a gun collection")]
    [InlineData("she has a glue gun and a plan for the wedding")]
    [InlineData("high school is fun after lunch")]
    [InlineData("my boiler won't wake up")]
    [InlineData("mi computadora no reacciona")]
    [InlineData("hoy me toca cuidar a mi abuelo")]
    [InlineData("me tocó desconectar el árbol de navidad")]
    [InlineData("no respiré hasta que llegó mi hijo")]
    [InlineData("me muero d ambre")]
    [InlineData("mi casero no me devuelve la fianza")]
    [InlineData("ayer la tienda no me devolvió el dinero a mi mamá")]
    [InlineData("what's the timezone for san diego")]
    [InlineData("the corner of my credit card is chipped off")]
    [InlineData("i have no knowledge about it")]
    [InlineData("when was my last payday")]
    [InlineData("are tomatoes on my shopping list")]
    [InlineData("please help me find my lost luggage")]
    [InlineData("i am out of trash bags")]
    [InlineData("¿qué sucede si llego tarde?")]
    [InlineData("está casada y cocina los domingos")]
    [InlineData("claro, se lo digo a mi abogado mañana")]
    public void Screen_NoDanger_IsSilent(string text) => Assert.Null(_screen.Screen(text).Danger);

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0} please help")]
    [InlineData("help! {0}")]
    [InlineData("hi, {0}")]
    [InlineData("{0}. what do i do?")]
    public void Screen_WhatAStrictRuleNamesAsItsExample_IsNotDoubted(string said) =>
        Assert.All(
            RealContent.RuleSet.Rules.Where(rule => rule.Tier == CrisisTier.Hard).SelectMany(rule => rule.Examples).Select(example => string.Format(CultureInfo.InvariantCulture, said, example)),
            text => Assert.Equal((text, CrisisTier.Hard), (text, WithModel.Screen(text).Danger?.Tier)));

    [Fact]
    public void Screen_WhatARuleNamesAsARequestForAdvice_IsNotHandedOff() =>
        Assert.All(
            RealContent.RuleSet.Rules.Where(rule => rule.Tier == CrisisTier.Advice).SelectMany(rule => rule.Examples),
            text => Assert.NotEqual((text, CrisisTier.Hard), (text, WithModel.Screen(text).Danger?.Tier)));

    [Theory]
    [InlineData("My girlfriend takes Suboxone and some people say she's not really clean. Are they right?")]
    [InlineData("My father drank all his life and quit at seventy. Is there still a benefit for his liver?")]
    [InlineData("My dad's pain clinic closed. Where do people like him go?")]
    [InlineData("llevo cuatro años sin heroína y me van a hacer una endodoncia. ¿qué le digo al dentista del dolor?")]
    [InlineData("mi papá tomó toda la vida y lo dejó a los setenta, ¿todavía le sirve al hígado?")]
    [InlineData("¿hay gente que usa una sola vez y ya?")]
    [InlineData("My sister got stung by a wasp, screamed, threw the potato salad across the yard, and it landed on grandpa. Best barbecue in years.")]
    [InlineData("Se me ponchó la llanta en plena autopista. Un señor se paró a ayudarme y no quiso dinero. Todavía hay gente buena.")]
    [InlineData("intenté quitarme la vida a los veinte. hoy tengo cincuenta, una huerta y dos nietos, y lo cuento para que otros sepan")]
    public void Screen_QuestionsOfFamiliesAndEverydayProse_AreNotHandedOff(string text) =>
        Assert.NotEqual(CrisisTier.Hard, WithModel.Screen(text).Danger?.Tier);

    [Theory]
    [InlineData("is heroin safe with xanax if i take a little")]
    [InlineData("is it safe around my kids if i use heroin")]
    [InlineData("is it ok to use heroin when i take the kids to school")]
    [InlineData("is it safe at home to stop taking methadone")]
    [InlineData("is it safe near the baby if i smoke heroin")]
    [InlineData("how do i inject it and take care of my kids")]
    [InlineData("how to cook heroin")]
    public void Screen_AboutOnesOwnUse_IsARequestForAdvice(string text) => Assert.NotNull(_screen.Screen(text).Advice);

    [Theory]
    [InlineData("i feel unsafe around my father when he's using")]
    [InlineData("is it safe here at night when people are drinking outside")]
    [InlineData("how do i cook rice noodles")]
    [InlineData("how do i smoke a brisket")]
    [InlineData("should i shoot a video for the school project")]
    [InlineData("how do i get away with wearing sneakers to a wedding")]
    [InlineData("what is the meaning of tape")]
    public void Screen_NotAboutOnesOwnUse_IsNoRequestForAdvice(string text) => Assert.Null(_screen.Screen(text).Advice);

    [Fact]
    public void Screen_AfterAHardFinding_TakesDistressForHard()
    {
        Assert.Equal(CrisisTier.Soft, _screen.Screen("i feel so alone").Danger!.Tier);
        Assert.Equal(CrisisTier.Hard, _screen.Screen("i feel so alone", isRaised: true).Danger!.Tier);
        Assert.Equal(CrisisTier.Soft, _screen.Screen("can you overdose on heroin", isRaised: true).Danger!.Tier);
    }

    [Fact]
    public void Screen_DangerAtTheEndOfALongMessage_IsFound() =>
        Assert.Equal(CrisisTier.Hard, _screen.Screen(string.Join(' ', Enumerable.Repeat("so today i went to the shop and", 300)) + " i want to die").Danger?.Tier);

    [Theory]
    [InlineData("my friend won't wake up", true)]
    [InlineData("i think my son is overdosing", true)]
    [InlineData("my daughter says she wants to kill herself", true)]
    [InlineData("i want to die", false)]
    [InlineData("my ex left and i want to die", false)]
    [InlineData("my husband is hitting me", false)]
    [InlineData("i took heroin and i can't breathe", false)]
    public void Screen_WhomItIsAbout_IsSeen(string text, bool isAboutSomeoneElse) =>
        Assert.Equal(isAboutSomeoneElse, _screen.Screen(text).Danger!.IsAboutSomeoneElse);

    [Fact]
    public void Recognizer_IsOneOfMicrosoftRecognizersText()
    {
        const string Text = "help, i want to die now";
        IModel model = new CrisisRecognizer(RealContent.RuleSet).GetCrisisModel();

        var result = model.Parse(Text)[0];

        Assert.Equal("crisis", result.TypeName);
        Assert.Equal(Text[result.Start..(result.End + 1)], result.Text);
        Assert.Equal("want to die", result.Text);
        Assert.Equal(("suicide-ideation", "hard", "suicide.die-wish"), (result.Resolution["category"], result.Resolution["tier"], result.Resolution["rule"]));
    }

    [Fact]
    public void Screen_AnyCharacters_NeverThrows()
    {
        var random = new Random(7);
        var words = new[] { "i", "want", "to", "die", "~", "kill", "not", "he", "overdose", "*", "🙂", "\u0000", "ahora", "no", "respira", "my" };
        for (var i = 0; i < 2000; i++)
        {
            _screen.Screen(string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)])));
        }
    }

    [Theory]
    [InlineData("rules: []", "no crisis rule")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: hard\n    handoff: suicide\n    all: [nothing]\n    examples: [i want to die]", "The slot 'nothing' is in no lexicon")]
    [InlineData("rules:\n  - id: a\n    category: mood\n    tier: hard\n    handoff: suicide\n    all: [die-wish]\n    examples: [i want to die]", "category 'mood' is not known")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: harder\n    handoff: suicide\n    all: [die-wish]\n    examples: [i want to die]", "must be hard, soft or advice")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: hard\n    handoff: suicide\n    examples: [i want to die]", "either 'all'")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: hard\n    handoff: suicide\n    all: [die-wish]\n    examples: [good morning]", "does not catch its own example 'good morning'")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: hard\n    handoff: suicide\n    all: [die-wish]\n    window: far\n    examples: [i want to die]", "number of words")]
    [InlineData("rules:\n  - id: a\n    category: suicide-ideation\n    tier: hard\n    handoff: suicide\n    all: [die-wish]\n    whem: {}\n    examples: [i want to die]", "'whem' is not known")]
    [InlineData("rules:\n  - just a text", "A rule must have members")]
    public void ReadRules_ABadFile_SaysWhat(string yaml, string message)
    {
        var problems = new List<ContentProblem>();
        var lexicon = new CrisisLexicon([("die-wish", "en", "want to die")], []);

        CrisisContentReader.ReadRules("rules.yml", yaml, lexicon, problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slots:\n  a: [~ word]", "has no word to begin with")]
    [InlineData("slots:\n  a: [one, one]", "is there twice")]
    [InlineData("slot: 1", "'slot' is not known")]
    public void ReadLexicon_ABadFile_SaysWhat(string yaml, string message)
    {
        var problems = new List<ContentProblem>();

        CrisisContentReader.ReadLexicon("lexicon.yml", "en", yaml, problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void LookAlikes_OneThatIsHandedOff_IsReportedWithTheRule()
    {
        var problems = new List<ContentProblem>();

        CrisisContentReader.CheckLookAlikes("look-alikes.yml", "mustPass:\n  - i want to die", new CrisisScreen(RealContent.RuleSet), problems);

        Assert.Contains("rule 'suicide.die-wish' hands it off", Assert.Single(problems).Message, StringComparison.Ordinal);
    }
}
