namespace Bot.Core.Conversations;

/// <summary>
/// What a turn brings about, written all at once when it ends: its replies, and what is remembered. A process that is killed in between has then
/// done nothing, and another one takes the turn from its beginning.
/// </summary>
public sealed class TurnUnit
{
    private static readonly AsyncLocal<TurnUnit?> Running = new();

    /// <summary>The turn that runs in this flow of control, or null.</summary>
    public static TurnUnit? Current => Running.Value;

    /// <summary>The activities to add to the conversation, each made for its position.</summary>
    public IList<Func<long, string>> Replies { get; } = [];

    /// <summary>What is remembered, by key, as JSON; null for what is forgotten.</summary>
    public IDictionary<string, string?> States { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Whatever else the storage knows how to write with the turn.</summary>
    public IList<object> Also { get; } = [];

    /// <summary>Runs the turn with a unit of its own, and gives back what it brought about.</summary>
    public static async Task<TurnUnit> RunAsync(Func<Task> turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var unit = new TurnUnit();
        Running.Value = unit;
        try
        {
            await turn();
            return unit;
        }
        finally
        {
            Running.Value = null;
        }
    }
}
