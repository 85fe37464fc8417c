namespace Bot.Core.Text;

/// <summary>What a language needs so that two forms of a word meet: a stemmer and the words that carry no topic.</summary>
public sealed class WordForms
{
    private readonly Func<string, string> _stem;
    private readonly Func<string, bool> _isStopWord;

    private WordForms(Func<string, string> stem, Func<string, bool> isStopWord)
    {
        _stem = stem;
        _isStopWord = isStopWord;
    }

    public static WordForms English { get; } = new(Stemmer.Stem, StopWords.IsEnglishStopWord);

    public static WordForms Spanish { get; } = new(SpanishStemmer.Stem, StopWords.IsSpanishStopWord);

    /// <summary>Spanish for "es", English for everything else.</summary>
    public static WordForms Of(string language) => language == "es" ? Spanish : English;

    public string Stem(string word) => _stem(word);

    public bool IsStopWord(string word) => _isStopWord(word);
}
