using System.Globalization;
using System.Text;

namespace Bot.Core.Text;

/// <summary>
/// Turns what people really type into plain words: case, accents, width, curly quotes, zero-width characters,
/// look-alike letters, leet, stretched and spaced-out letters, emoji and contractions.
/// Lexicons and phrasings go through the same steps, so both sides meet in one form.
/// </summary>
public static class TextNormalizer
{
    /// <summary>Text beyond this many characters is not read. Direct Line refuses longer messages before they get here.</summary>
    public const int MaximumLength = 100_000;

    private const int ShortestSpelledOutWord = 3;

    /// <summary>The words of the text, in order. Never null, never throws on any input.</summary>
    public static IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = SplitIntoWords(text.Length > MaximumLength ? text[..MaximumLength] : text);
        words = JoinSpelledOutWords(words);

        var tokens = new List<Token>(words.Count + 4);
        foreach (var word in words)
        {
            AddExpanded(tokens, word);
        }

        return tokens;
    }

    /// <summary>The words joined by one space: a key under which two ways of typing the same thing are equal.</summary>
    public static string Key(string text) => Key(Tokenize(text));

    /// <summary>The key of words that are there already.</summary>
    public static string Key(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Text));

    private static List<Word> SplitIntoWords(string text)
    {
        var words = new List<Word>(text.Length / 5 + 1);
        var current = new StringBuilder();
        var start = -1;
        var end = -1;

        void Flush()
        {
            if (current.Length > 0)
            {
                words.Add(new Word(current.ToString(), start, end));
                current.Clear();
            }

            start = -1;
        }

        var index = 0;
        while (index < text.Length)
        {
            var c = text[index];
            if (char.IsAscii(c))
            {
                // Most of what people type: nothing to decode.
                if (char.IsAsciiLetterOrDigit(c) || c is '\'' or '@' or '$' or '!' or '*')
                {
                    start = start < 0 ? index : start;
                    end = index + 1;
                    current.Append(char.ToLowerInvariant(c));
                }
                else
                {
                    Flush();
                }

                index++;
                continue;
            }

            var status = Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var consumed);
            if (status != System.Buffers.OperationStatus.Done)
            {
                // Half of a surrogate pair: no word has it.
                index += consumed;
                continue;
            }

            if (EmojiWords.TryGet(rune, out var emoji))
            {
                Flush();
                words.Add(new Word(emoji, index, index + consumed));
            }
            else if (!IsIgnorable(rune))
            {
                var folded = Fold(rune);
                if (folded.Length == 0)
                {
                    Flush();
                }
                else if (IsWordByItself(rune))
                {
                    Flush();
                    words.Add(new Word(folded, index, index + consumed));
                }
                else
                {
                    start = start < 0 ? index : start;
                    end = index + consumed;
                    current.Append(folded);
                }
            }

            index += consumed;
        }

        Flush();
        return words.ConvertAll(word => word with { Text = Unleet(TrimMarks(word.Text)) }).FindAll(word => word.Text.Length > 0);
    }

    private static bool IsIgnorable(Rune rune) =>
        rune.Value > 0x7F && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            || rune.Value is 0xFE0F or 0xAD;

    /// <summary>A rune beyond ASCII as it stands in a word, or empty when it ends one.</summary>
    private static string Fold(Rune rune)
    {
        if (rune.Value is 0x2018 or 0x2019 or 0x201B or 0x2032 or 0x02BC or 0xFF07 or 0xB4)
        {
            return "'";
        }

        if (LookAlikeLetters.TryGet(rune, out var letter))
        {
            return letter;
        }

        if (IsNoncharacter(rune))
        {
            return string.Empty;
        }

        var decomposed = rune.ToString().Normalize(NormalizationForm.FormKD);
        var builder = new StringBuilder(decomposed.Length);
        foreach (var part in decomposed.EnumerateRunes())
        {
            if (LookAlikeLetters.TryGet(part, out var mapped))
            {
                builder.Append(mapped);
            }
            else if (Rune.IsLetterOrDigit(part) || Rune.GetUnicodeCategory(part) == UnicodeCategory.SpacingCombiningMark)
            {
                builder.Append(Rune.ToLowerInvariant(part).ToString());
            }
        }

        return builder.ToString();
    }

    /// <summary>Chinese and Japanese have no spaces between words: every character counts as one.</summary>
    private static bool IsWordByItself(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);

    /// <summary>Code points that are no character at all; asking for their normal form throws.</summary>
    private static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>Marks count as letters only inside a word: "k!ll" but not "help!".</summary>
    private static string TrimMarks(string word) => word.TrimEnd('!', '\'', '*').TrimStart('!', '\'', '*');

    private static string Unleet(string word)
    {
        var letters = 0;
        var others = 0;
        foreach (var c in word)
        {
            if (char.IsLetter(c))
            {
                letters++;
            }
            else if (c != '\'')
            {
                others++;
            }
        }

        if (others == 0)
        {
            return ShortenRuns(word);
        }

        // "24h", "3am", "10mg", "2nd": a number with a unit stays as it is. One leading digit before a long word is leet ("0verdose").
        var leadingDigits = word.TakeWhile(char.IsAsciiDigit).Count();
        var restIsLetters = word.Skip(leadingDigits).All(char.IsLetter);
        if (letters == 0 || leadingDigits > 0 && restIsLetters && (leadingDigits > 1 || letters < 4))
        {
            return new string([.. word.Where(char.IsLetterOrDigit)]);
        }

        var builder = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            builder.Append(c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '8' => 'b', _ => c });
        }

        return ShortenRuns(builder.Replace("*", string.Empty).ToString());
    }

    /// <summary>Three or more of one letter become two ("pleeease" is "pleease"); lexicons also compare with runs taken as one.</summary>
    private static string ShortenRuns(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2])
            {
                var builder = new StringBuilder(word.Length);
                foreach (var c in word)
                {
                    if (builder.Length < 2 || builder[^1] != c || builder[^2] != c)
                    {
                        builder.Append(c);
                    }
                }

                return builder.ToString();
            }
        }

        return word;
    }

    /// <summary>"d i e", "d.i.e" and "s-u-i-c-i-d-e" become one word, unless the letters are words of their own ("i a m").</summary>
    private static List<Word> JoinSpelledOutWords(List<Word> words)
    {
        var joined = new List<Word>(words.Count);
        var isAfterSpelledOut = false;
        var index = 0;
        while (index < words.Count)
        {
            var last = index;
            while (last < words.Count && words[last].Text.Length == 1 && char.IsLetter(words[last].Text[0]) && !IsWordByItself(new Rune(words[last].Text[0]))
                && (last == index || words[last].Start - words[last - 1].End == 1))
            {
                last++;
            }

            // Two letters are a word only among words that are spelled out too: "w a n t  t o  d i e".
            if (last - index >= (isAfterSpelledOut ? 2 : ShortestSpelledOutWord))
            {
                isAfterSpelledOut = true;
                joined.Add(new Word(string.Concat(words[index..last].Select(word => word.Text)), words[index].Start, words[last - 1].End));
                index = last;
            }
            else
            {
                isAfterSpelledOut = false;
                joined.Add(words[index]);
                index++;
            }
        }

        return joined;
    }

    private static void AddExpanded(List<Token> tokens, Word word)
    {
        if (Contractions.TryExpand(word.Text, out var parts))
        {
            foreach (var part in parts)
            {
                tokens.Add(new Token(part, word.Start, word.End - word.Start));
            }

            return;
        }

        var plain = word.Text.Contains('\'', StringComparison.Ordinal) ? word.Text.Replace("'", string.Empty, StringComparison.Ordinal) : word.Text;
        if (plain.Length > 0)
        {
            tokens.Add(new Token(plain, word.Start, word.End - word.Start));
        }
    }


    private readonly record struct Word(string Text, int Start, int End);
}
