using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Bot.Server.Content;

/// <summary>Where the content is.</summary>
public sealed class ContentOptions
{
    public const string SectionName = "Content";

    /// <summary>The folder of the content files, from the content root.</summary>
    [Required]
    public string Folder { get; set; } = "dialogs";

    /// <summary>Where the article can be read; citations point at its sections. "/" is the page this server shows.</summary>
    [Required]
    public string ArticleUrl { get; set; } = "/";

    /// <summary>The source that this server shows as its front page, by its file name in <c>dialogs/sources</c>; other sources are under <c>/articles/</c>.</summary>
    [Required]
    public string Article { get; set; } = "heroin-stimulant-or-depressant.txt";

    /// <summary>True to refuse content with a text that nobody has signed, or that was edited or lost its source since.</summary>
    public bool RequireReview { get; set; }

    /// <summary>What becomes of an answer whose review has expired or whose source has changed under it.</summary>
    [EnumDataType(typeof(WhenOverdue))]
    public WhenOverdue WhenExpired { get; set; } = WhenOverdue.Warn;

    /// <summary>True to take in edits while running. A bad edit is reported and the last good content stays.</summary>
    public bool ReloadOnChange { get; set; } = true;
}

/// <summary>What becomes of an answer whose review is overdue.</summary>
public enum WhenOverdue
{
    /// <summary>It is given; the log says so at start and once a day.</summary>
    Warn,

    /// <summary>Only the section of the article is named in its place.</summary>
    SectionOnly,
}

[OptionsValidator]
internal sealed partial class ContentOptionsValidator : IValidateOptions<ContentOptions>;
