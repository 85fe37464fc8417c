using System.Text.Json;
using Bot.Core.Escalations;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Teams;

/// <summary>Clicks on the cards of requests. Only in a channel that the settings name as a target; of several who click at once, one is heard, and the others are told.</summary>
public sealed class StaffClicks(EscalationIntake intake, StaffCards cards, IOptions<EscalationOptions> options)
{
    private const int LongestName = 80;

    /// <summary>The answer to the click, or null when the card is no card of a request.</summary>
    public async Task<InvokeResponse?> TryHandleAsync(Activity activity, JsonElement data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (!data.TryGetProperty(StaffCards.IdMember, out var id))
        {
            return null;
        }

        if (!IsStaffs(activity))
        {
            return TeamsInvokes.CardMessage("This works only in the staff's own channel.");
        }

        var state = data.TryGetProperty(StaffCards.StateMember, out var member) && member.ValueKind == JsonValueKind.String ? EscalationStates.FromWire(member.GetString()) : null;
        if (id.ValueKind != JsonValueKind.String || !Guid.TryParse(id.GetString(), out var escalationId) || state is null or EscalationState.Open or EscalationState.Cancelled)
        {
            return TeamsInvokes.BadCardAction();
        }

        if (await intake.ChangeAsync(escalationId, state.Value, NameOf(activity.From), cancellationToken) is not { } change)
        {
            return TeamsInvokes.CardMessage("This request is not there any more: it was over, and was deleted.");
        }

        return change.IsChanged
            ? TeamsInvokes.Ok(new Dictionary<string, object?> { ["statusCode"] = StatusCodes.Status200OK, ["type"] = AdaptiveCards.ContentType, ["value"] = cards.Create(change.Escalation) })
            : TeamsInvokes.CardMessage($"Nothing was changed. {StaffCards.TitleOf(change.Escalation)}.");
    }

    /// <summary>The conversation of a thread is its channel's id with the first message's after it. Teams' tokens are checked before; the tenant is theirs.</summary>
    private bool IsStaffs(Activity activity) => options.Value.Targets.Any(target =>
        target.Kind == EscalationTargetKind.Teams
        && (activity.Conversation?.Id == target.ChannelId || activity.Conversation?.Id?.StartsWith(target.ChannelId + ";", StringComparison.Ordinal) == true)
        && (target.TenantId.Length == 0 || activity.Conversation?.TenantId is null || activity.Conversation.TenantId == target.TenantId));

    private static string NameOf(ChannelAccount? from)
    {
        var name = string.IsNullOrWhiteSpace(from?.Name) ? "Someone" : from.Name.Trim();
        return name.Length <= LongestName ? name : name[..LongestName];
    }
}
