using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.BotFramework;

/// <summary><c>/api/messages</c>, where Azure Bot Service and Teams deliver. Without an app id it is closed, but for a developer's own machine.</summary>
public static partial class ChannelEndpoint
{
    public const string Path = "/api/messages";

    public static IEndpointRouteBuilder MapBotFramework(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;

        // Made now, so that a half-set identity is told at start and not at the first message.
        _ = services.GetRequiredService<ChannelAdapter>();
        var appId = services.GetRequiredService<IConfiguration>()["MicrosoftAppId"];
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ChannelEndpoint).FullName!);
        if (string.IsNullOrWhiteSpace(appId))
        {
            if (isDevelopment)
            {
                Log.OpenToThisMachine(logger);
            }
            else
            {
                Log.Closed(logger);
            }
        }

        var most = services.GetRequiredService<IOptions<ChannelOptions>>().Value.MaximumActivityBytes;
        endpoints.Map(Path, async (HttpContext context, ChannelAdapter adapter, QueuedBot bot) =>
        {
            if (string.IsNullOrWhiteSpace(appId) && !(isDevelopment && IsFromThisMachine(context)))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsJsonAsync(new { error = new { code = "Forbidden", message = "This bot takes no messages here: MicrosoftAppId is not set." } });
                return;
            }

            try
            {
                await adapter.ProcessAsync(context.Request, context.Response, bot, context.RequestAborted);
            }
            catch (Exception exception) when (IsAboutTheToken(exception) && !context.Response.HasStarted)
            {
                // The official adapter lets these through; a bad token is the caller's fault.
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            catch (HttpRequestException) when (!context.Response.HasStarted)
            {
                Log.KeysUnreachable(logger);
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }).WithMetadata(new SizeLimit(most));
        return endpoints;
    }

    private static bool IsFromThisMachine(HttpContext context) => context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);

    private static bool IsAboutTheToken(Exception exception) => exception.GetType().Namespace?.StartsWith("Microsoft.IdentityModel", StringComparison.Ordinal) == true;

    private sealed record SizeLimit(int Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "/api/messages is closed: MicrosoftAppId is empty. Set it, with MicrosoftAppType, MicrosoftAppPassword and MicrosoftAppTenantId, to be reached from Teams.")]
        public static partial void Closed(ILogger logger);

        [LoggerMessage(EventId = 4204, Level = LogLevel.Warning, Message = "/api/messages takes messages without a token from this machine, since MicrosoftAppId is empty and the environment is Development.")]
        public static partial void OpenToThisMachine(ILogger logger);

        [LoggerMessage(EventId = 4205, Level = LogLevel.Error, Message = "A message was refused with 503: the keys to check its token with could not be fetched.")]
        public static partial void KeysUnreachable(ILogger logger);
    }
}
