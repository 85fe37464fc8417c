namespace Bot.Core.Text;

/// <summary>One normalised word and where it stood in what was typed.</summary>
/// <param name="Text">Lower case, without accents, apostrophes, look-alikes or leet.</param>
/// <param name="Start">First character in the typed text.</param>
/// <param name="Length">Number of characters in the typed text.</param>
public readonly record struct Token(string Text, int Start, int Length)
{
    public int End => Start + Length;
}
