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

    /// <summary>True to take in edits while running. A bad edit is reported and the last good content stays.</summary>
    public bool ReloadOnChange { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class ContentOptionsValidator : IValidateOptions<ContentOptions>;
