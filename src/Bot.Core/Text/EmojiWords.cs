using System.Text;

namespace Bot.Core.Text;

/// <summary>Emoji that stand for a word. A pill is among the strongest signs there is (see the crisis guidance), so it must not be lost.</summary>
internal static class EmojiWords
{
    private static readonly Dictionary<int, string> Words = new()
    {
        [0x1F48A] = "pills", // pill
        [0x1F489] = "needle", // syringe
        [0x1F52A] = "knife",
        [0x1FA92] = "razor",
        [0x1F52B] = "gun",
        [0x1FA78] = "blood",
        [0x26B0] = "coffin",
        [0x1F6D1] = "stop",
        [0x1F198] = "sos",
    };

    public static bool TryGet(Rune rune, out string word) => Words.TryGetValue(rune.Value, out word!);
}
