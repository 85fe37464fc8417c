using System.Collections.Frozen;

namespace Bot.Core.Text;

/// <summary>Words that carry grammar and politeness, not a topic. A question is not strange for having them.</summary>
public static class StopWords
{
    private static readonly FrozenSet<string> English = Split(
        """
        a an the and or but so if then than that this these those it i me my mine we us our you your he him his she her they them their
        is am are was were be been being do does did doing done have has had having can could will would shall should may might must
        not no yes of in on at to from for with by about as into onto up out over under off just only also too very really much many some any
        what which who whom whose when where why how there here please tell know want need like get got go going let say says said
        ok okay hey hi hello well um uh lol thanks thank again still even more most less other such own same exactly actually
        one thing things something anything someone anyone somebody anybody people person
        """);

    private static readonly FrozenSet<string> Spanish = Split(
        """
        el la los las un una unos unas y o pero si que de del en a al con por para sin mi tu su me te se lo le les nos yo ella ellos es son soy esta estan estoy ser
        no muy mas como cuando donde porque quien cual esto eso este esa hay ha he han tengo tiene quiero puedo puede ya todo nada algo alguien hola gracias favor
        ayuda necesito hijo hija hermano hermana amigo amiga madre padre mama papa hacer hago sobre cuanto cuanta despues antes ahora
        estimulante depresivo droga drogas heroina respira despierta morir vida suicidio matar
        """);

    private static readonly FrozenSet<string> EnglishEvidence = Split(
        "the is are am do does did what why how can my you your it not and of to will would with for have has this that was were be on i he she they we need help please drug heroin about");

    public static bool IsEnglishStopWord(string word) => English.Contains(word);

    /// <summary>"es" when the words are more Spanish than English, else "en".</summary>
    public static string GuessLanguage(IReadOnlyList<Token> tokens)
    {
        var spanish = 0;
        var english = 0;
        foreach (var token in tokens)
        {
            if (Spanish.Contains(token.Text))
            {
                spanish++;
            }

            if (EnglishEvidence.Contains(token.Text))
            {
                english++;
            }
        }

        return spanish > english ? "es" : "en";
    }

    private static FrozenSet<string> Split(string words) =>
        words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
}
