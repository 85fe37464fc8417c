using Bot.Core.Turns;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;

namespace Bot.Server.Channels.BotFramework;

/// <summary>The adapter of <c>/api/messages</c>. A turn that fails ends with the apology and the numbers.</summary>
public sealed partial class ChannelAdapter : CloudAdapter
{
    public ChannelAdapter(BotFrameworkAuthentication authentication, Responder responder, ILogger<ChannelAdapter> logger)
        : base(authentication, logger)
    {
        ArgumentNullException.ThrowIfNull(responder);
        OnTurnError = async (context, exception) =>
        {
            Log.TurnFailed(logger, exception.GetType().Name, exception.TargetSite?.Name, context.Activity.ChannelId);
            try
            {
                await context.SendActivityAsync(responder.Apologize(context.Activity.Locale).Text, cancellationToken: CancellationToken.None);
            }
            catch (Exception second)
            {
                Log.ApologyFailed(logger, second.GetType().Name);
            }
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4201, Level = LogLevel.Error, Message = "A turn failed ({ExceptionType} in {Method}) on {Channel}; the apology with the numbers is sent.")]
        public static partial void TurnFailed(ILogger logger, string exceptionType, string? method, string? channel);

        [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "The apology could not be sent ({ExceptionType}): the channel does not take messages.")]
        public static partial void ApologyFailed(ILogger logger, string exceptionType);
    }
}
