using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Teams;

/// <summary>Sends to one person of a group what is nobody else's business: as a message that only they see, or in a chat of their own.</summary>
public sealed partial class PrivateReplies(IServiceProvider services, IConfiguration configuration, IOptions<ChannelOptions> options, TimeProvider timeProvider, ILogger<PrivateReplies> logger)
{
    /// <summary>Teams' own service.</summary>
    internal static readonly string[] TeamsHosts = ["smba.trafficmanager.net", "smba.infra.gov.teams.microsoft.us", "smba.infra.gcc.teams.microsoft.com"];

    /// <summary>A way that takes longer is given up for the next: the person waits for a number.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(4);

    /// <summary>True when the person has it; false when it could not be sent. Never shown to the group.</summary>
    public async Task<bool> TrySendAsync(ITurnContext turnContext, IReadOnlyList<Activity> activities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(activities);
        return (MayTarget(turnContext.Activity) && await TryAsync("as a targeted message", token => SendTargetedAsync(turnContext, activities, token), cancellationToken))
            || await TryAsync("in a chat of their own", token => SendInOwnChatAsync(turnContext, activities, token), cancellationToken);
    }

    private bool MayTarget(Activity activity) => options.Value.TargetedMessages switch
    {
        TargetedMessages.Always => true,
        TargetedMessages.Never => false,
        _ => Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && TeamsHosts.Contains(uri.Host),
    };

    private static async Task SendTargetedAsync(ITurnContext turnContext, IReadOnlyList<Activity> activities, CancellationToken cancellationToken)
    {
        using (TargetedMessageHandler.Begin())
        {
            foreach (var activity in activities)
            {
                activity.Recipient = turnContext.Activity.From;
                await turnContext.SendActivityAsync(activity, cancellationToken);
            }
        }
    }

    private async Task SendInOwnChatAsync(ITurnContext turnContext, IReadOnlyList<Activity> activities, CancellationToken cancellationToken)
    {
        var incoming = turnContext.Activity;
        var tenant = incoming.Conversation?.TenantId;
        var parameters = new ConversationParameters
        {
            IsGroup = false,
            Bot = incoming.Recipient,
            Members = [incoming.From],
            TenantId = tenant,
            ChannelData = tenant is null ? null : new Dictionary<string, object?> { ["tenant"] = new Dictionary<string, object?> { ["id"] = tenant } },
        };

        // The adapter makes this turn's bot, which needs this class: it is asked for when it is needed.
        await services.GetRequiredService<ChannelAdapter>().CreateConversationAsync(
            configuration["MicrosoftAppId"],
            incoming.ChannelId,
            incoming.ServiceUrl,
            null,
            parameters,
            async (own, token) =>
            {
                // A new chat: there is nothing to reply to.
                own.Activity.Id = null;
                foreach (var activity in activities)
                {
                    activity.Recipient = incoming.From;
                    await own.SendActivityAsync(activity, token);
                }
            },
            cancellationToken);
    }

    private async Task<bool> TryAsync(string way, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWay, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await send(either.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, way, exception.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4301, Level = LogLevel.Warning, Message = "A private reply could not be sent {Way} ({ExceptionType}).")]
        public static partial void Failed(ILogger logger, string way, string exceptionType);
    }
}
