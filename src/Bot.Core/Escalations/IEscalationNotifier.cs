namespace Bot.Core.Escalations;

/// <summary>A way to reach staff: a Teams channel, a webhook, the log.</summary>
public interface IEscalationNotifier
{
    /// <summary>The target's name in the settings.</summary>
    string Target { get; }

    /// <summary>Tells of a request, a reminder or a change. Throws when it could not. May be called again for what has arrived: the notice's id says so.</summary>
    /// <returns>What is needed to tell the target of changes, or null.</returns>
    Task<string?> NotifyAsync(DueNotice notice, CancellationToken cancellationToken);

    /// <summary>Finds out whether the target can be reached. Throws, naming what is wrong, when it cannot.</summary>
    /// <param name="isSeen">True to send a test that staff see; false to disturb nobody, as far as the target allows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task TestAsync(bool isSeen, CancellationToken cancellationToken);
}

/// <summary>The way back to the person who asked.</summary>
public interface IPersonNotifier
{
    /// <summary>Tells the person. False when their conversation is gone, and they cannot be told any more. Throws when it may work later.</summary>
    Task<bool> TellAsync(DueNotice notice, CancellationToken cancellationToken);
}
