namespace Bot.Core.Turns;

/// <summary>What a search found.</summary>
/// <param name="Answers">The answers, the best first; none when there is help.</param>
/// <param name="Help">The numbers alone, for crisis wording and for a language that the bot does not read; or null.</param>
/// <param name="Offer">The numbers above the answers, for a question about something dangerous; or null.</param>
public sealed record SearchResult(IReadOnlyList<Reply.Answered> Answers, string? Help, string? Offer = null);
