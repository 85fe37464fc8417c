using System.Globalization;
using System.Threading.RateLimiting;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Core.Turns;
using Bot.Server.Channels.DirectLine;
using Bot.Server.Channels.Web;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class DirectLineServices
{
    internal const string CorsPolicy = "direct-line";
    internal const string TokensPolicy = "direct-line-tokens";
    internal const string PostsPolicy = "direct-line-posts";

    /// <summary>Direct Line 3.0 in this server.</summary>
    public static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddDirectLineOptions();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<DirectLineAdapter>();
        services.AddSingleton<DirectLineEndpoints>();
        services.AddSingleton(provider => new WidgetAssets(provider.GetRequiredService<IBotContentSource>(), provider.GetRequiredService<IWebHostEnvironment>().WebRootPath, provider.GetRequiredService<EscalationDesk>()));

        services.TryAddSingleton<IConversationLog>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DirectLineOptions>>().Value;
            return new MemoryConversationLog(provider.GetRequiredService<TimeProvider>(), TimeSpan.FromMinutes(options.KeepConversationMinutes), options.MaximumConversations);
        });
        services.AddHostedService<ConversationSweeper>();

        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<DirectLineOptions>>((cors, options) => cors.AddPolicy(CorsPolicy, policy => policy
            .WithOrigins(options.Value.AllowedOrigins)
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with")));

        services.AddRateLimiter(limiter => limiter.OnRejected = RejectAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<DirectLineOptions>>((limiter, options) =>
        {
            // Polls have no limit: a poll answered 429 ends a client's polling in silence.
            limiter.AddPolicy(TokensPolicy, context => PerMinute("address " + context.Connection.RemoteIpAddress, options.Value.TokensPerMinute));
            limiter.AddPolicy(PostsPolicy, context => PerMinute("conversation " + context.Request.RouteValues["conversationId"], options.Value.PostsPerMinute));
        });
        return services;
    }

    /// <summary>The settings alone, and what they make true of a person's privacy: enough for a command line that answers.</summary>
    public static IServiceCollection AddDirectLineOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DirectLineOptions>().BindConfiguration(DirectLineOptions.SectionName);
        services.AddSingleton<IValidateOptions<DirectLineOptions>, DirectLineOptionsRangeValidator>();
        services.AddSingleton<IValidateOptions<DirectLineOptions>, DirectLineOriginsValidator>();
        services.AddOptions<PrivacyFacts>().Configure<IOptions<DirectLineOptions>>((facts, options) => facts.KeepConversationMinutes = options.Value.KeepConversationMinutes);
        return services;
    }

    public static IEndpointRouteBuilder MapDirectLine(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DirectLineEndpoints>().Map(endpoints);
        return endpoints;
    }

    private static RateLimitPartition<string> PerMinute(string key, int most) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 });

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(10);
        context.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await context.HttpContext.Response.WriteAsJsonAsync(
            DirectLineErrors.Body("TooManyRequests", "Too many at once. Wait a little, then go on."), cancellationToken);
    }
}
