using System.Security.Cryptography;
using System.Text;

namespace Bot.Core.Reviews;

/// <summary>One text that people may be shown, as a reviewer signs it.</summary>
/// <param name="Id">For example "answer/en/what-is-heroin", "step/en/overdose/1" or "helpline/lifeline-988".</param>
/// <param name="Title">What it is for, in a few words.</param>
/// <param name="Body">The text itself, placeholders and all.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">The line, from 1; 0 when it is not in a content file.</param>
public sealed record ReviewableText(string Id, string Title, string Body, string File, int Line)
{
    /// <summary>What it rests on: quotes of the source, or where a step of first aid comes from. Signed with the text.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>True for an answer of a drafted file that nobody has signed: it is never shown.</summary>
    public bool IsDraft { get; init; }

    /// <summary>What leads to it; not signed, since it is not shown.</summary>
    public IReadOnlyList<string> Phrasings { get; init; } = [];

    /// <summary>The first 16 hexadecimal digits of a SHA-256 over text and evidence: a changed word changes it, a changed line break does not.</summary>
    public string Hash
    {
        get
        {
            const int Digits = 16;
            var text = string.Join('\0', Evidence.Prepend(Body).Select(part => string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
        }
    }
}
