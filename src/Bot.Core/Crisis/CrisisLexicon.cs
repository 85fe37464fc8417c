using System.Numerics;
using Bot.Core.Text;

namespace Bot.Core.Crisis;

/// <summary>
/// Concept slots ("who", "cannot be woken", "wants to die") and the phrases that fill them, in every language at once,
/// so that a message that mixes languages is read as one.
/// Phrase notation: <c>a/b</c> either word, <c>two_words</c> as one alternative, <c>word*</c> any ending, <c>word?</c> may be missing,
/// <c>~</c> up to three words of any kind.
/// </summary>
public sealed class CrisisLexicon
{
    /// <summary>Longest run of words that <c>~</c> stands for.</summary>
    public const int LongestGap = 3;

    /// <summary>Words that only add force ("fucking", "literally"); they are passed over, so that they part no phrase.</summary>
    private const string Filler = "filler";

    private const int ShortestMistypedWord = 5;
    private const int TwoMistakesFrom = 9;
    private const int ShortestGluedText = 5;
    private const int LongestGluedText = 40;
    private const int ShortestPrefix = 3;
    private const int ShortestJoinedPrefix = 6;
    private const int LongestPrefix = 12;

    private readonly Dictionary<string, int> _slotNumbers;
    private readonly Dictionary<string, int[]> _phrasesByFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _phrasesByFirstPrefix = new(StringComparer.Ordinal);
    private readonly List<Phrase> _phrases;

    /// <summary>The words of all phrases, each with a number above 0: to compare numbers is faster than to compare words.</summary>
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);
    private readonly bool[] _prefixStarts = new bool[1 << 15];
    private readonly HashSet<string> _ordinaryWords;
    private readonly HashSet<string> _fillers = new(StringComparer.Ordinal);
    private readonly ILookup<char, (string Word, uint Letters)> _mistypable;

    /// <summary>True to take words as they are typed, but for doubled letters: where the words of many languages meet, a guess would be mostly wrong.</summary>
    private readonly bool _isLiteral;

    public CrisisLexicon(IEnumerable<(string Slot, string Language, string Phrase)> entries, IEnumerable<string> ordinaryWords, bool isLiteral = false)
    {
        _isLiteral = isLiteral;
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(ordinaryWords);
        var slots = new List<string>();
        _slotNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = new List<(int Slot, string Language, IReadOnlyList<PhraseElement> Elements)>();
        foreach (var (slot, language, text) in entries)
        {
            if (slot == Filler)
            {
                _fillers.UnionWith(text.Split('/'));
                continue;
            }

            if (!_slotNumbers.TryGetValue(slot, out var number))
            {
                number = slots.Count;
                _slotNumbers[slot] = number;
                slots.Add(slot);
            }

            foreach (var elements in Phrase.Read(text))
            {
                read.Add((number, language, elements));
            }
        }

        foreach (var word in read.SelectMany(phrase => phrase.Elements).SelectMany(element => element.Words))
        {
            _words.TryAdd(word, _words.Count + 1);
        }

        _phrases = read.ConvertAll(phrase => new Phrase(phrase.Slot, phrase.Language, phrase.Elements, _words));

        SlotNames = slots;
        _ordinaryWords = [.. ordinaryWords.SelectMany(TextNormalizer.Tokenize).Select(token => token.Text)];
        IndexPhrases();
        _mistypable = _words.Keys.Where(word => word.Length >= ShortestMistypedWord - 1).Select(word => (word, LettersOf(word))).ToLookup(entry => entry.word[0], entry => (entry.word, entry.Item2));
    }

    public IReadOnlyList<string> SlotNames { get; }

    public int? FindSlot(string name) => _slotNumbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>Every place where a phrase of any slot stands in the words. What an idiom covers fills no other slot.</summary>
    internal SlotMatches Match(IReadOnlyList<Token> typed, int? idiomSlot)
    {
        var tokens = _isLiteral ? [.. typed] : Unglue(typed);
        tokens.RemoveAll(token => _fillers.Contains(token.Text));
        var readings = new string[tokens.Count];
        var numbers = new int[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            readings[i] = Read(tokens[i].Text);
            numbers[i] = _words.GetValueOrDefault(readings[i]);
        }

        var byPrefix = _phrasesByFirstPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new List<SlotMatch>();
        for (var i = 0; i < readings.Length; i++)
        {
            if (_phrasesByFirstWord.TryGetValue(readings[i], out var candidates))
            {
                MatchAt(readings, numbers, i, candidates, found);
            }

            for (var length = LongestKnownStart(readings[i]); length >= ShortestPrefix; length--)
            {
                if (byPrefix.TryGetValue(readings[i].AsSpan(0, length), out candidates))
                {
                    MatchAt(readings, numbers, i, candidates, found);
                }
            }
        }

        return new SlotMatches(tokens, Unmask(found, idiomSlot, readings.Length));
    }

    private static List<SlotMatch> Unmask(List<SlotMatch> found, int? idiomSlot, int count)
    {
        if (idiomSlot is not { } idiom || !found.Exists(match => match.Slot == idiom))
        {
            return found;
        }

        var masked = new bool[count];
        foreach (var match in found.Where(match => match.Slot == idiom))
        {
            Array.Fill(masked, true, match.Start, match.End - match.Start);
        }

        return found.FindAll(match => match.Slot == idiom || !Enumerable.Range(match.Start, match.End - match.Start).Any(token => masked[token]));
    }

    private void MatchAt(string[] words, int[] numbers, int start, int[] candidates, List<SlotMatch> found)
    {
        foreach (var number in candidates)
        {
            var phrase = _phrases[number];
            if (phrase.MatchFrom(words, numbers, start) is { } end && !IsCovered(found, phrase.Slot, start, end))
            {
                found.Add(new SlotMatch(phrase.Slot, start, end, phrase.Language));
            }
        }
    }

    /// <summary>True when the slot is filled from the same word at least as far. Matches of one word stand together at the list's end.</summary>
    private static bool IsCovered(List<SlotMatch> found, int slot, int start, int end)
    {
        for (var i = found.Count - 1; i >= 0 && found[i].Start == start; i--)
        {
            if (found[i].Slot == slot && found[i].End >= end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The word of the lexicon that was meant: as typed, with a doubled letter too many, or mistyped; else as typed.</summary>
    private string Read(string word)
    {
        if (word.Length < 3 || _words.ContainsKey(word) || HasKnownPrefix(word) || _ordinaryWords.Contains(word) || StopWords.IsEnglishStopWord(word))
        {
            return word;
        }

        var squeezed = Squeeze(word);
        if (squeezed.Length < word.Length && (_words.ContainsKey(squeezed) || squeezed.Length > 4 && HasKnownPrefix(squeezed)))
        {
            return squeezed;
        }

        if (_isLiteral || word.Length < ShortestMistypedWord - 1)
        {
            return word;
        }

        var letters = LettersOf(word);
        foreach (var (candidate, candidateLetters) in _mistypable[word[0]])
        {
            if (candidate.Length < ShortestMistypedWord && (candidate.Length != word.Length || letters != candidateLetters))
            {
                // Of words as short as "hurt" only swapped letters ("hrut") are taken for a mistake.
                continue;
            }

            var limit = candidate.Length >= TwoMistakesFrom ? 2 : 1;
            if (Math.Abs(candidate.Length - word.Length) <= limit
                && BitOperations.PopCount(letters ^ candidateLetters) <= 2 * limit
                && EditDistance.IsWithin(word, candidate, limit))
            {
                return candidate;
            }
        }

        return word;
    }

    /// <summary>True when a prefix of the lexicon, of this many letters or more, begins the word.</summary>
    private bool HasKnownPrefix(ReadOnlySpan<char> word, int shortest = ShortestPrefix)
    {
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = LongestKnownStart(word); length >= shortest; length--)
        {
            if (prefixes.Contains(word[..length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many letters of the word a prefix may have: 0 when none begins as it does, which most words end with.</summary>
    private int LongestKnownStart(ReadOnlySpan<char> word) =>
        word.Length >= ShortestPrefix && _prefixStarts[NumberOfStart(word)] ? Math.Min(word.Length, LongestPrefix) : 0;

    /// <summary>The first three letters as a number; other characters share the numbers of letters, which costs a look-up and changes nothing.</summary>
    private static int NumberOfStart(ReadOnlySpan<char> word) => (word[0] & 31) << 10 | (word[1] & 31) << 5 | word[2] & 31;

    /// <summary>"iwanttodie" and "killmyself" are taken apart when the lexicon knows every part; "over dose" is put together.</summary>
    private List<Token> Unglue(IReadOnlyList<Token> typed)
    {
        var tokens = new List<Token>(typed.Count);
        for (var i = 0; i < typed.Count; i++)
        {
            var token = typed[i];
            if (i + 1 < typed.Count && JoinsWith(token.Text, typed[i + 1].Text) is { } joined)
            {
                tokens.Add(new Token(joined, token.Start, typed[i + 1].End - token.Start));
                i++;
            }
            else if (token.Text.Length >= ShortestGluedText && !StopWords.IsEnglishStopWord(token.Text) && !_words.ContainsKey(token.Text) && !HasKnownPrefix(token.Text) && !_ordinaryWords.Contains(token.Text)
                && Split(token.Text) is { Count: > 1 } parts)
            {
                tokens.AddRange(parts.Select(part => new Token(part, token.Start, token.Length)));
            }
            else
            {
                tokens.Add(token);
            }
        }

        return tokens;
    }

    /// <summary>Voice-to-text writes "over dose" and "sue a side"; the lexicon's splits are listed as phrases, one-word joins are found here.</summary>
    private string? JoinsWith(string first, string second)
    {
        if (first.Length < 2 || second.Length < 3 || _words.ContainsKey(first) && _words.ContainsKey(second))
        {
            return null;
        }

        var length = first.Length + second.Length;
        if (length is < ShortestGluedText or > LongestGluedText)
        {
            return null;
        }

        Span<char> letters = stackalloc char[length];
        first.CopyTo(letters);
        second.CopyTo(letters[first.Length..]);
        return _words.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(letters) || HasKnownPrefix(letters, ShortestJoinedPrefix) ? first + second : null;
    }

    private List<string>? Split(string text)
    {
        if (text.Length > LongestGluedText)
        {
            return null;
        }

        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();

        // The fewest parts win; every part must be a word of the lexicon of at least two letters, or "i".
        var best = new int[text.Length + 1];
        var from = new int[text.Length + 1];
        Array.Fill(best, int.MaxValue);
        best[0] = 0;
        for (var end = 1; end <= text.Length; end++)
        {
            for (var start = Math.Max(0, end - 14); start < end; start++)
            {
                var part = text.AsSpan(start, end - start);
                if (best[start] != int.MaxValue && best[start] + 1 < best[end]
                    && (part.Length >= 2 ? words.ContainsKey(part) || part is "to" or "my" or "the" or "am" or "want" or "wanna" : part is "i" && start == 0))
                {
                    best[end] = best[start] + 1;
                    from[end] = start;
                }
            }
        }

        if (best[^1] is int.MaxValue || best[^1] > text.Length / 3 + 1)
        {
            return null;
        }

        var parts = new List<string>();
        for (var end = text.Length; end > 0; end = from[end])
        {
            parts.Insert(0, text[from[end]..end]);
        }

        return parts;
    }

    private void IndexPhrases()
    {
        var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var byPrefix = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _phrases.Count; i++)
        {
            foreach (var element in _phrases[i].Elements)
            {
                _prefixes.UnionWith(element.Prefixes);
            }

            foreach (var word in _phrases[i].Elements[0].Words)
            {
                Add(byWord, word, i);
            }

            foreach (var prefix in _phrases[i].Elements[0].Prefixes)
            {
                Add(byPrefix, prefix, i);
            }
        }

        foreach (var (word, numbers) in byWord)
        {
            _phrasesByFirstWord[word] = [.. numbers];
        }

        foreach (var prefix in _prefixes.Where(prefix => prefix.Length >= ShortestPrefix))
        {
            _prefixStarts[NumberOfStart(prefix)] = true;
        }

        foreach (var (prefix, numbers) in byPrefix)
        {
            _phrasesByFirstPrefix[prefix] = [.. numbers];
        }

        static void Add(Dictionary<string, List<int>> index, string key, int number)
        {
            if (!index.TryGetValue(key, out var numbers))
            {
                index[key] = numbers = [];
            }

            numbers.Add(number);
        }
    }

    private static string Squeeze(string word)
    {
        Span<char> letters = stackalloc char[Math.Min(word.Length, 64)];
        var length = 0;
        foreach (var c in word)
        {
            if (length < letters.Length && (length == 0 || letters[length - 1] != c))
            {
                letters[length++] = c;
            }
        }

        return new string(letters[..length]);
    }

    private static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var c in word)
        {
            letters |= c is >= 'a' and <= 'z' ? 1u << (c - 'a') : 1u << 26;
        }

        return letters;
    }
}

/// <summary>A slot filled by some of the words.</summary>
/// <param name="Slot">The slot's number.</param>
/// <param name="Start">The first word.</param>
/// <param name="End">The word after the last.</param>
/// <param name="Language">The language of the phrase.</param>
internal readonly record struct SlotMatch(int Slot, int Start, int End, string Language);

/// <summary>The words as the lexicon read them, and the slots they fill.</summary>
internal sealed record SlotMatches(IReadOnlyList<Token> Tokens, List<SlotMatch> Matches);
