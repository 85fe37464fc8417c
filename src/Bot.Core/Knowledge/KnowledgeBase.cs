using System.Collections.Frozen;

namespace Bot.Core.Knowledge;

/// <summary>All answers of one locale, as one immutable snapshot.</summary>
public sealed class KnowledgeBase
{
    private readonly FrozenDictionary<string, Answer> _byId;

    public KnowledgeBase(IReadOnlyList<Answer> answers, IReadOnlyList<SourceDocument> sources, SynonymTable synonyms, string version)
    {
        Answers = answers;
        Sources = sources;
        Synonyms = synonyms;
        Version = version;
        _byId = answers.ToFrozenDictionary(answer => answer.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<Answer> Answers { get; }

    public IReadOnlyList<SourceDocument> Sources { get; }

    public SynonymTable Synonyms { get; }

    /// <summary>A fingerprint of the content: the same content gives the same version on every machine.</summary>
    public string Version { get; }

    public Answer? Find(string? id) => id is not null && _byId.TryGetValue(id, out var answer) ? answer : null;

    /// <summary>Where in its source an answer stands, or null for what the bot says about itself.</summary>
    public Citation? Cite(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var source = Sources.FirstOrDefault(candidate => candidate.Name == answer.Source);
        return source is null || answer.Quotes.Count == 0 ? null : new Citation(source.Title, source.SectionOf(answer.Quotes[0].Text), answer.Quotes[0].Text);
    }
}

/// <summary>The passage an answer rests on.</summary>
/// <param name="Document">The document's title.</param>
/// <param name="Section">The heading above the passage, or null before the first heading.</param>
/// <param name="Quote">The passage's exact words.</param>
public sealed record Citation(string Document, string? Section, string Quote);
