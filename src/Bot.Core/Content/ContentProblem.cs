namespace Bot.Core.Content;

/// <summary>Something wrong in a content file: where, what, and the cure.</summary>
/// <param name="File">Path from the content root, with forward slashes.</param>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record ContentProblem(string File, int Line, string Message)
{
    /// <summary>True when the bot can run with it: a source that changed under its answers, a draft that is off, a language that lags behind.</summary>
    public bool IsWarning { get; init; }

    public override string ToString() => $"{File}({Line}): {Message}";
}
