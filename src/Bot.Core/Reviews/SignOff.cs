namespace Bot.Core.Reviews;

/// <summary>A reviewer's signature under one text.</summary>
/// <param name="TextId">Which text.</param>
/// <param name="Hash">The text as it was when it was signed.</param>
/// <param name="Reviewer">Who signed.</param>
/// <param name="SignedOn">When.</param>
/// <param name="ExpiresOn">The first day on which it no longer counts.</param>
public sealed record SignOff(string TextId, string Hash, string Reviewer, DateOnly SignedOn, DateOnly ExpiresOn)
{
    /// <summary>Where the line stands in the file; 0 for one not written yet.</summary>
    public int Line { get; init; }
}

/// <summary>Whether a text may be relied on today.</summary>
public enum ReviewState
{
    /// <summary>Nobody has signed it.</summary>
    Unreviewed,

    /// <summary>Somebody signed it, and then it was edited.</summary>
    Changed,

    /// <summary>Somebody signed it, and the time is up.</summary>
    Expired,

    Reviewed,
}
