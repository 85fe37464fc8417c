namespace Bot.Core.Knowledge;

/// <summary>One curated answer and the phrasings that lead to it.</summary>
public sealed record Answer
{
    /// <summary>Stable: texts and phrasings change, ids do not.</summary>
    public required string Id { get; init; }

    /// <summary>What the bot says, in the markdown that channels share: paragraphs, lists, bold.</summary>
    public required string Text { get; init; }

    /// <summary>What a person may type for this answer. The first is its title.</summary>
    public required IReadOnlyList<Phrasing> Phrasings { get; init; }

    public required string Topic { get; init; }

    /// <summary>The source file's name, or null for what the bot says about itself.</summary>
    public string? Source { get; init; }

    /// <summary>The exact words of the source that the answer rests on.</summary>
    public IReadOnlyList<Quote> Quotes { get; init; } = [];

    /// <summary>Where a reader may go next.</summary>
    public IReadOnlyList<Prompt> Prompts { get; init; } = [];

    public required string File { get; init; }

    public required int Line { get; init; }

    public string Title => Phrasings[0].Text;
}

/// <summary>A way to ask for an answer.</summary>
public sealed record Phrasing(string Text, int Line);

/// <summary>Words taken from a source, letter by letter.</summary>
public sealed record Quote(string Text, int Line);

/// <summary>A button under an answer that leads to another.</summary>
public sealed record Prompt(string Title, string AnswerId, int Line);
