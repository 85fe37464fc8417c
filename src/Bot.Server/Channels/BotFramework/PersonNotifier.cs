using System.Globalization;
using Bot.Core.Escalations;
using Bot.Core.Turns;
using Bot.Server.Channels.DirectLine;
using Bot.Server.Channels.Teams;
using ChannelIds = Microsoft.Bot.Connector.Channels;

namespace Bot.Server.Channels.BotFramework;

/// <summary>Tells people what became of their request, in the conversation in which they made it, as long as there is one.</summary>
public sealed class PersonNotifier(Responder responder, ReplyRenderer renderer, TeamsRenderer teamsRenderer, DirectLineAdapter directLine, IServiceProvider services, IConfiguration configuration) : IPersonNotifier
{
    public async Task<bool> TellAsync(DueNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.Escalation.IsErased || ActivityJson.Deserialize(notice.Escalation.Reference).RelatesTo is not { } reference)
        {
            return false;
        }

        var reply = responder.SayNews(notice.Notice.Kind, notice.Escalation);
        if (reference.ChannelId == DirectLineAdapter.ChannelId)
        {
            var said = renderer.Render(reply);
            said.From = DirectLineAdapter.BotAccount;
            said.Recipient = reference.User;
            said.Conversation = reference.Conversation;

            // Under the notice's id it is said once, however often it is tried.
            return await directLine.AppendAsync(said, notice.Notice.Id.ToString("n", CultureInfo.InvariantCulture), false, cancellationToken) is not null;
        }

        // The adapter's own handler would answer a failure with an apology, and it would count as told.
        Exception? failure = null;
        await services.GetRequiredService<ChannelAdapter>().ContinueConversationAsync(
            configuration["MicrosoftAppId"] ?? string.Empty,
            reference,
            async (turnContext, token) =>
            {
                try
                {
                    foreach (var activity in reference.ChannelId == ChannelIds.Msteams ? teamsRenderer.Render(reply) : [renderer.Render(reply)])
                    {
                        await turnContext.SendActivityAsync(activity, token);
                    }
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    failure = exception;
                }
            },
            cancellationToken);
        return failure is null ? true : throw new InvalidOperationException("The channel did not take the news.", failure);
    }
}
