using System.Security.Cryptography;
using System.Text;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Core.Turns;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// Does what a person decided about a call, and only then says so. In a turn of our own channel the duty is written in one transaction with the
/// reply that confirms it: neither is there without the other.
/// </summary>
public sealed partial class Callbacks(IEscalationStore store, EscalationIntake intake, EscalationMeter meter, Responder responder, TimeProvider timeProvider, ILogger<Callbacks> logger)
{
    /// <summary>A store that does not answer is no reason to let somebody wait for a call that will not come.</summary>
    private static readonly TimeSpan LongestAct = TimeSpan.FromSeconds(4);

    /// <summary>The reply to the act, or the apology with the numbers when it could not be done.</summary>
    public async Task<Reply.Callback> CarryOutAsync(ITurnContext turnContext, Reply.Callback reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Act is not { } act)
        {
            return reply;
        }

        CallbackActOutcome outcome;
        using var patience = new CancellationTokenSource(LongestAct, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            outcome = await DoAsync(act, turnContext.Activity, reply.Language, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var exceptionType = exception.GetType().Name;
            Log.Failed(logger, act.Kind, exceptionType);
            outcome = new CallbackActOutcome(true, null, null);
        }

        return responder.AfterAct(reply, outcome);
    }

    /// <summary>The conversation as escalations know it; in Teams nobody can be found by it.</summary>
    internal static string KeyOf(IActivity activity) => Hash($"{activity.ChannelId}\n{activity.Conversation.Id}\n{(ConversationMemories.IsGroup(activity) ? activity.From?.Id : null)}");

    private async Task<CallbackActOutcome> DoAsync(CallbackAct act, Activity activity, string language, CancellationToken cancellationToken)
    {
        var key = KeyOf(activity);
        switch (act.Kind)
        {
            case CallbackActKind.Record:
                var reference = ActivityJson.Serialize(new Activity { RelatesTo = activity.GetConversationReference() });
                var decision = await intake.DecideAsync(key, Hash(key + "\n" + (activity.Id ?? Guid.NewGuid().ToString("n"))), language, act.Request!, reference, cancellationToken);
                if (decision.New is { } added)
                {
                    await StoreAsync(added, cancellationToken);
                    meter.CountChange(EscalationState.Open);
                }

                return new CallbackActOutcome(false, decision.Outcome, decision.Escalation);
            case CallbackActKind.Cancel:
                // One cancelled a moment ago counts: the turn may have been begun by a process that died.
                var latest = await LatestAsync(key, cancellationToken);
                var cancelled = latest is null || latest.State == EscalationState.Cancelled ? latest : (await intake.ChangeAsync(latest.Id, EscalationState.Cancelled, null, cancellationToken))?.Escalation;
                return new CallbackActOutcome(false, null, cancelled?.State == EscalationState.Cancelled ? cancelled : null);
            case CallbackActKind.Show:
                return new CallbackActOutcome(false, null, await LatestAsync(key, cancellationToken));
            default:
                foreach (var unfinished in (await store.FindOfConversationAsync(key, cancellationToken)).Where(escalation => !escalation.State.IsOver()))
                {
                    await intake.ChangeAsync(unfinished.Id, EscalationState.Cancelled, null, cancellationToken);
                }

                await store.EraseOfConversationAsync(key, cancellationToken);
                return new CallbackActOutcome(false, null, null);
        }
    }

    private async Task<Escalation?> LatestAsync(string key, CancellationToken cancellationToken) =>
        await store.FindOfConversationAsync(key, cancellationToken) is [var latest, ..] ? latest : null;

    private async Task StoreAsync(NewEscalation added, CancellationToken cancellationToken)
    {
        if (TurnUnit.Current is { } unit && store.IsWrittenWithTurns)
        {
            unit.Also.Add(added);
        }
        else
        {
            await store.AddAsync(added, cancellationToken);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static partial class Log
    {
        [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "A person's request about a call could not be done: {Kind} ({ExceptionType}). They were told so, with the numbers.")]
        public static partial void Failed(ILogger logger, CallbackActKind kind, string exceptionType);
    }
}
