using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bot.Core.Matching;

/// <summary>When the bot answers, when it asks back, and when it says that it does not know.</summary>
public sealed class MatchingOptions
{
    public const string SectionName = "Matching";

    /// <summary>At or above this confidence the bot answers. 0.50: measured on tests/phrasings, see bench/README.md.</summary>
    [Range(0.0, 1.0)]
    public double AnswerThreshold { get; set; } = 0.50;

    /// <summary>At or above this confidence the bot says who can help with what the article does not cover. Below the answer's: it gives no facts.</summary>
    [Range(0.0, 1.0)]
    public double RouteThreshold { get; set; } = 0.30;

    /// <summary>At or above this, and below <see cref="AnswerThreshold"/>, the bot asks "Did you mean".</summary>
    [Range(0.0, 1.0)]
    public double SuggestThreshold { get; set; } = 0.30;

    /// <summary>How many answers "Did you mean" offers at most.</summary>
    [Range(1, 5)]
    public int MaximumSuggestions { get; set; } = 3;
}

[OptionsValidator]
internal sealed partial class MatchingOptionsRangeValidator : IValidateOptions<MatchingOptions>;

/// <summary>The thresholds must stand in their order.</summary>
internal sealed class MatchingOptionsOrderValidator : IValidateOptions<MatchingOptions>
{
    public ValidateOptionsResult Validate(string? name, MatchingOptions options) =>
        options.SuggestThreshold < options.AnswerThreshold
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(FormattableString.Invariant(
                $"{MatchingOptions.SectionName}:{nameof(MatchingOptions.SuggestThreshold)} ({options.SuggestThreshold}) must be below {nameof(MatchingOptions.AnswerThreshold)} ({options.AnswerThreshold})."));
}
