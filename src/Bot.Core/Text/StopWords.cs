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
        a al algo alguien ante antes aqui asi aun aunque bien cada casi como con cosa cosas cual cuales cuando cuanto cuanta cuantos cuantas da dan de decir dice dicen del desde despues
        dime donde dos e el ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos esta estan estar estas este esto estos estoy fue ha hace hacen hacer hago han has hasta hay
        he igual ir la las le les lo los luego mas me mi mis mismo misma muchas mucho muy nada ni no nos nosotros o otra otras otro otros para pasa pasan pero poco por porque pueda puede pueden puedes puedo
        pues que quien quiere quiero quieren saber se ser si sido siempre sin sobre solo somos son soy su sus tal tambien tan tanto te tener tengo tiene tienen tienes toda todas todo todos
        tu tus un una unas uno unos usted ustedes va van vez voy y ya yo favor gracias hola oye ok vale dejame explica explicame cuentame exactamente realmente verdad
        """);

    /// <summary>Common words that are no English word, so that one of them is a sign of Spanish.</summary>
    private static readonly FrozenSet<string> SpanishEvidence = Split(
        """
        el la los las un una unos unas y o pero si que de del en al con por para sin mi tu su se lo le les nos yo ella ellos es soy ser esta estan estoy eres
        muy mas como cuando donde porque quien cual cuales esto eso este esa hay ha han tengo tiene quiero puedo puede pueden ya todo nada algo alguien hola gracias favor
        ayuda necesito hijo hija hermano hermana amigo amiga madre padre hacer hago hace sobre cuanto cuanta cuantos despues antes ahora van voy llamar llamo numero
        estimulante depresivo depresor depresora droga drogas heroina cocaina respira despierta morir vida suicidio matar adiccion adictiva tratamiento cerebro cuerpo dolor dejar dejarla efecto efectos
        dosis pastillas tomar usar uso mezclar seguro normal desde duele duelen cuesta alcohol abstinencia sintomas medico clinica buenos buenas dias noches adios
        """).Except(Split("normal alcohol me no a son he mi si")).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> EnglishEvidence = Split(
        "the is are am do does did what why how can my you your it not and of to will would with for have has this that was were be on i he she they we need help please drug heroin about");

    public static bool IsEnglishStopWord(string word) => English.Contains(word);

    public static bool IsSpanishStopWord(string word) => Spanish.Contains(word);

    /// <summary>"es" when the words are more Spanish than English, else "en".</summary>
    public static string GuessLanguage(IReadOnlyList<Token> tokens)
    {
        var spanish = 0;
        var english = 0;
        foreach (var token in tokens)
        {
            if (SpanishEvidence.Contains(token.Text))
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
