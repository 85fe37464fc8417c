namespace Bot.Core.Knowledge;

/// <summary>One curated answer and the phrasings that lead to it, in one language.</summary>
public sealed record Answer
{
    /// <summary>Stable: texts and phrasings change, ids do not. The same in every language.</summary>
    public required string Id { get; init; }

    public AnswerKind Kind { get; init; }

    /// <summary>What the bot says, in the markdown that channels share: paragraphs, lists, bold. In <see cref="TextLanguage"/>.</summary>
    public required string Text { get; init; }

    /// <summary>The language of the phrasings: "en" or "es".</summary>
    public string Language { get; init; } = "en";

    /// <summary>The language of <see cref="Text"/>: an answer from the article stays in the article's until a translation is signed.</summary>
    public string TextLanguage { get; init; } = "en";

    /// <summary>The text in <see cref="Language"/> when <see cref="Text"/> is in another one; shown only once it is signed. Or null.</summary>
    public string? Translation { get; init; }

    /// <summary>What a person may type for this answer. The first is its title.</summary>
    public required IReadOnlyList<Phrasing> Phrasings { get; init; }

    public required string Topic { get; init; }

    /// <summary>The source file's name, or null for what the bot says about itself and for routes.</summary>
    public string? Source { get; init; }

    /// <summary>The exact words of the source that the answer rests on.</summary>
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>Where a reader may go next.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    /// <summary>The Bot Framework channel on which the answer stands in for <see cref="Replaces"/>, for example "msteams"; or null.</summary>
    public string? Channel { get; init; }

    /// <summary>The id of the answer that this one stands in for on <see cref="Channel"/>, or null.</summary>
    public string? Replaces { get; init; }

    /// <summary>True for an answer of a drafted file: off until it is signed.</summary>
    public bool IsDraft { get; init; }

    public required string File { get; init; }

    public required int Line { get; init; }

    public string Title => Phrasings[0].Text;

    /// <summary>The name under which the text is reviewed and signed, for example "answer/en/what-is-heroin".</summary>
    public string TextId => TextIdOf(Kind, TextLanguage, Id);

    /// <summary>The name under which the <see cref="Translation"/> is reviewed and signed.</summary>
    public string TranslationTextId => TextIdOf(Kind, Language, Id);

    private static string TextIdOf(AnswerKind kind, string language, string id) => $"{kind.ToString().ToLowerInvariant()}/{language}/{id}";
}

/// <summary>What an answer rests on.</summary>
public enum AnswerKind
{
    /// <summary>A fact of the source, with its quotes.</summary>
    Answer,

    /// <summary>What the bot says about itself.</summary>
    About,

    /// <summary>No fact: who can help with what the source does not cover.</summary>
    Route,
}

/// <summary>A way to ask for an answer.</summary>
public sealed record Phrasing(string Text, int Line);

/// <summary>Words taken from a source, letter by letter.</summary>
public sealed record Quote(string Text, int Line);

/// <summary>A button under an answer that leads to another.</summary>
public sealed record Prompt(string Title, string AnswerId, int Line);
