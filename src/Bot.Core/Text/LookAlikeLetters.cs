using System.Text;

namespace Bot.Core.Text;

/// <summary>Letters of other scripts that are drawn like Latin ones and are typed to get past filters.</summary>
internal static class LookAlikeLetters
{
    private const string From = "аеорсухіјѕԁԛԝкмнтвгпαβεικνορτυχηωμγłøđıɑɡοσ";
    private const string To = "aeopcyxijsdqwkmhtbrnabeiknoptuxnwmylodiagoo";

    private static readonly Dictionary<int, string> Letters = Build();

    public static bool TryGet(Rune rune, out string letter) => Letters.TryGetValue(rune.Value, out letter!);

    private static Dictionary<int, string> Build()
    {
        var letters = new Dictionary<int, string>();
        for (var i = 0; i < From.Length; i++)
        {
            letters[From[i]] = To[i].ToString();
            letters[char.ToUpperInvariant(From[i])] = To[i].ToString();
        }

        letters['ß'] = "ss";
        letters['æ'] = "ae";
        return letters;
    }
}
