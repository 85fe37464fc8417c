using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bot.Core.Matching;

/// <summary>A sentence model of the operator's choice in place of our own. None by default. Needs a server built with <c>-p:OnnxEmbeddings=true</c>.</summary>
public sealed class EmbeddingOptions
{
    public const string SectionName = "Matching:Embeddings";

    /// <summary>The ONNX file of a BERT-like sentence model, as sentence-transformers exports them; empty for our own model.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>Its WordPiece vocabulary, <c>vocab.txt</c>.</summary>
    public string Tokenizer { get; set; } = string.Empty;

    /// <summary>False for a model that was trained with capital letters and accents.</summary>
    public bool LowerCase { get; set; } = true;

    /// <summary>The languages it is asked for; our own model knows English alone.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>What is beyond this many tokens is not read.</summary>
    [Range(8, 8192)]
    public int MaximumTokens { get; set; } = 128;
}

[OptionsValidator]
internal sealed partial class EmbeddingOptionsRangeValidator : IValidateOptions<EmbeddingOptions>;

/// <summary>A model that is named is used, or the bot does not start: nobody should believe to have one that is not there.</summary>
internal sealed class EmbeddingOptionsValidator(IServiceProviderIsService services) : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        if (options.Model.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        if (!services.IsService(typeof(IEmbeddingGenerator<string, Embedding<float>>)))
        {
            return ValidateOptionsResult.Fail($"{EmbeddingOptions.SectionName}:{nameof(EmbeddingOptions.Model)} is '{options.Model}', but this server was built without ONNX. Build it with -p:OnnxEmbeddings=true, or leave the setting empty.");
        }

        return options.Languages.Count > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{EmbeddingOptions.SectionName}:{nameof(EmbeddingOptions.Languages)} is empty. Name the languages the model knows, such as en and es.");
    }
}
