using System.Globalization;
using Bot.Core.Escalations;

namespace Bot.Server.Channels.Teams;

/// <summary>A request for a call as staff see it: what they need to call, who has it, and what can be done with it now.</summary>
public sealed class StaffCards(EscalationDesk desk)
{
    public const string IdMember = "escalation";
    public const string StateMember = "state";

    private static readonly (EscalationState State, string Title)[] Buttons =
        [(EscalationState.Taken, "Take"), (EscalationState.Reached, "Reached"), (EscalationState.NotReached, "Could not reach"), (EscalationState.Closed, "Close")];

    public Dictionary<string, object?> Create(Escalation escalation)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        var facts = new List<object?> { Fact("Asked", desk.Clock(escalation.CreatedAt)), Fact("Language", escalation.Language == "es" ? "Spanish" : "English"), Fact("Request", escalation.Id.ToString()) };
        if (!escalation.State.IsOver())
        {
            // What is over needs no number any more: a channel is read for years.
            facts.InsertRange(0, [Fact("Call", $"[{CallbackNumber.Show(escalation.Request.Number, desk.Countries[0])}](tel:{escalation.Request.Number})"), Fact("When", desk.Say(escalation.Request, "en")), Fact("First name", escalation.Request.FirstName ?? "not given")]);
        }

        var card = AdaptiveCards.Create("**" + TitleOf(escalation) + "**", [new() { ["type"] = "FactSet", ["facts"] = facts }], ActionsOf(escalation));
        card["fallbackText"] = TitleOf(escalation);
        return card;
    }

    /// <summary>How far it is, in a sentence.</summary>
    public static string TitleOf(Escalation escalation)
    {
        ArgumentNullException.ThrowIfNull(escalation);
        return escalation.State switch
        {
            EscalationState.Open => "Someone asked for a call",
            EscalationState.Taken => $"{escalation.TakenBy} has taken this call",
            EscalationState.Reached => $"Reached, by {escalation.TakenBy}",
            EscalationState.NotReached => $"Not reached yet; {escalation.TakenBy} tried",
            EscalationState.Closed => $"Closed by {escalation.TakenBy}",
            _ => escalation.IsErased ? "The person cancelled this and had it deleted: do not call" : "The person cancelled this: do not call",
        };
    }

    public static Dictionary<string, object?> CreateTest() =>
        AdaptiveCards.Create("**A test**\n\nRequests for a call will come to this channel. Nobody is waiting now.", [], []);

    private static Dictionary<string, object?> Fact(string title, string value) => new() { ["title"] = title, ["value"] = value };

    private static IEnumerable<Dictionary<string, object?>> ActionsOf(Escalation escalation) => Buttons
        .Where(button => button.State.Before().Contains(escalation.State))
        .Select(button => new Dictionary<string, object?>
        {
            ["type"] = "Action.Execute",
            ["title"] = button.Title,
            ["verb"] = button.State.ToWire(),
            ["data"] = new Dictionary<string, object?> { [IdMember] = escalation.Id.ToString("n", CultureInfo.InvariantCulture), [StateMember] = button.State.ToWire() },
        });
}
