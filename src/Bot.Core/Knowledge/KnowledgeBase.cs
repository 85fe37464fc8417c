using System.Collections.Frozen;

namespace Bot.Core.Knowledge;

/// <summary>All answers as they are asked for in one language, as one immutable snapshot.</summary>
public sealed class KnowledgeBase
{
    private readonly FrozenDictionary<string, Answer> _byId;
    private readonly FrozenDictionary<(string, string), Answer> _replacements;
    private readonly FrozenSet<string> _stale;

    public KnowledgeBase(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, SynonymTable synonyms, string version, string language = "en")
    {
        Answers = answers;
        Sources = sources;
        Synonyms = synonyms;
        Version = version;
        Language = language;
        _byId = answers.ToFrozenDictionary(answer => answer.Id, StringComparer.Ordinal);
        _replacements = answers.Where(answer => answer is { Channel: not null, Replaces: not null })
            .DistinctBy(answer => (answer.Channel!, answer.Replaces!))
            .ToFrozenDictionary(answer => (answer.Channel!, answer.Replaces!));
        _stale = answers.Where(answer => StaleQuotes(answer).Any()).Select(answer => answer.Id).ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<Answer> Answers { get; }

    /// <summary>Answers of drafted files that nobody has signed: they are never given.</summary>
    public IReadOnlyList<Answer> Drafts { get; init; } = [];

    public IReadOnlyList<SourceDocument> Sources { get; }

    public SynonymTable Synonyms { get; }

    /// <summary>A fingerprint of the content: the same content gives the same version on every machine.</summary>
    public string Version { get; }

    /// <summary>"en" or "es": the language of the phrasings.</summary>
    public string Language { get; }

    /// <summary>The same answers as they are asked for in other languages.</summary>
    public IReadOnlyDictionary<string, KnowledgeBase> Translations { get; init; } = FrozenDictionary<string, KnowledgeBase>.Empty;

    /// <summary>The knowledge base of a language; this one when there is none.</summary>
    public KnowledgeBase In(string language) => Translations.GetValueOrDefault(language, this);

    public Answer? Find(string? id) => id is not null && _byId.TryGetValue(id, out var answer) ? answer : null;

    /// <summary>The answer, or the one that stands in for it on a channel.</summary>
    public Answer On(string? channel, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return channel is not null && _replacements.TryGetValue((channel, answer.Id), out var replacement) ? replacement : answer;
    }

    /// <summary>True when a quote of the answer no longer stands in its source: the source was changed under it.</summary>
    public bool IsStale(string answerId) => _stale.Contains(answerId);

    /// <summary>The quotes of an answer that do not stand in its source.</summary>
    public IEnumerable<Quote> StaleQuotes(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var source = Sources.FirstOrDefault(candidate => candidate.Name == answer.Source);
        return source is null ? [] : answer.Quotes.Where(quote => !source.Contains(quote.Text));
    }

    /// <summary>Where in its source an answer stands, or null for what the bot says about itself.</summary>
    public Citation? Cite(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var source = Sources.FirstOrDefault(candidate => candidate.Name == answer.Source);
        return source is null || answer.Quotes.Count == 0 ? null : new Citation(source.Name, source.Title, source.SectionOf(answer.Quotes[0].Text), answer.Quotes[0].Text);
    }
}

/// <summary>The passage an answer rests on.</summary>
/// <param name="Source">The source's file name.</param>
/// <param name="Document">The document's title.</param>
/// <param name="Section">The heading above the passage, or null before the first heading.</param>
/// <param name="Quote">The passage's exact words.</param>
public sealed record Citation(string Source, string Document, string? Section, string Quote);
