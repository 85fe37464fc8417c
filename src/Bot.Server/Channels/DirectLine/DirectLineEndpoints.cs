using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Conversations;
using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Bot.Server.Channels.DirectLine;

/// <summary>Direct Line 3.0, as Web Chat and our widget speak it.</summary>
public sealed partial class DirectLineEndpoints(
    DirectLineTokens tokens, ConversationTurns turns, DirectLineAdapter adapter, IConversationLog log, IStorage storage, IBot bot, Responder responder, IHostApplicationLifetime lifetime, IOptions<DirectLineOptions> options, ILogger<DirectLineEndpoints> logger)
{
    private const string Path = "/v3/directline";
    private const string UserPrefix = "dl_";
    private const int LongestUserId = 64;

    private readonly DirectLineOptions _options = options.Value;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path).RequireCors(DirectLineServices.CorsPolicy);
        group.AddEndpointFilter(AnswerWithoutStorageAsync);
        group.MapPost("/tokens/generate", GenerateAsync).RequireRateLimiting(DirectLineServices.TokensPolicy);
        group.MapPost("/tokens/refresh", RefreshAsync);
        group.MapPost("/conversations", StartAsync).RequireRateLimiting(DirectLineServices.TokensPolicy);
        group.MapGet("/conversations/{conversationId}", ReconnectAsync);
        group.MapPost("/conversations/{conversationId}/activities", PostAsync).RequireRateLimiting(DirectLineServices.PostsPolicy);
        group.MapGet("/conversations/{conversationId}/activities", PollAsync);
        group.MapGet("/conversations/{conversationId}/stream", StreamAsync);
        group.MapPost("/conversations/{conversationId}/delete", DeleteAsync);
        group.MapPost("/conversations/{conversationId}/upload", () => DirectLineErrors.NoUploads);
    }

    /// <summary>With the database down nothing can be said in the conversation; what the client gets instead names the numbers, and can be tried again.</summary>
    private async ValueTask<object?> AnswerWithoutStorageAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when ((exception is DbException or TimeoutException) && !context.HttpContext.Response.HasStarted)
        {
            var exceptionType = exception.GetType().Name;
            Log.StorageFailed(logger, exceptionType);
            return DirectLineErrors.StorageDown(responder.Apologize(context.HttpContext.Request.Headers.AcceptLanguage.ToString()).Text);
        }
    }

    private async Task<IResult> GenerateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var hasSecret = IsSecret(BearerOf(request));
        if (_options.Secret.Length > 0 && !hasSecret)
        {
            return DirectLineErrors.BadSecret;
        }

        if (!hasSecret && !IsOriginAllowed(request))
        {
            return DirectLineErrors.OriginNotAllowed;
        }

        var (body, error) = await ActivityReader.ReadObjectAsync(request, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        // A user id counts only from a caller with the secret: otherwise anybody could be anybody.
        var asked = hasSecret ? ActivityReader.TextOf(body, "user", "id") : null;
        if (asked is not null && (!asked.StartsWith(UserPrefix, StringComparison.Ordinal) || asked.Length > LongestUserId))
        {
            return DirectLineErrors.BadArgument($"user.id must begin with '{UserPrefix}' and have at most {LongestUserId} characters.");
        }

        var grant = NewGrant(asked);
        return Results.Json(new { conversationId = grant.ConversationId, token = tokens.Create(grant), expires_in = (int)tokens.Lifetime.TotalSeconds });
    }

    private async Task<IResult> RefreshAsync(HttpRequest request)
    {
        var (grant, error) = await AuthorizeAsync(request, null);
        return error ?? Results.Json(new { conversationId = grant!.ConversationId, token = tokens.Create(grant), expires_in = (int)tokens.Lifetime.TotalSeconds });
    }

    private async Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = _options.Secret.Length > 0 && IsSecret(BearerOf(request)) ? NewGrant(null) : null;
        if (grant is null)
        {
            (grant, var error) = await AuthorizeAsync(request, null);
            if (error is not null)
            {
                return error;
            }
        }

        var (body, bodyError) = await ActivityReader.ReadObjectAsync(request, cancellationToken);
        if (bodyError is not null)
        {
            return bodyError;
        }

        var isNew = await log.CreateAsync(grant!.ConversationId, cancellationToken);
        if (isNew)
        {
            // A greeting is owed to nobody who never came back for it: it is not kept as waiting.
            var joined = Joined(grant, ActivityReader.TextOf(body, "locale"));
            _ = turns.EnqueueAsync(grant.ConversationId, token => adapter.ProcessAsync(joined, bot.OnTurnAsync, token));
        }

        return Results.Json(ConversationOf(grant, request, "-"), statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> ReconnectAsync(string conversationId, string? watermark, HttpRequest request, CancellationToken cancellationToken)
    {
        var (grant, error) = await AuthorizeAsync(request, conversationId);
        return error ?? (await log.ExistsAsync(conversationId, cancellationToken)
            ? Results.Json(ConversationOf(grant!, request, string.IsNullOrEmpty(watermark) ? "-" : watermark))
            : DirectLineErrors.NoConversation);
    }

    private async Task<IResult> PostAsync(string conversationId, HttpRequest request, CancellationToken cancellationToken)
    {
        var (grant, error) = await AuthorizeAsync(request, conversationId);
        if (error is not null)
        {
            return error;
        }

        var (activity, problem) = await ActivityReader.ReadAsync(request, _options, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        if (activity!.Type == ActivityTypes.Typing)
        {
            // Nobody watches, so nobody is told.
            return await log.ExistsAsync(conversationId, cancellationToken) ? Results.Json(new { id = string.Empty }) : DirectLineErrors.NoConversation;
        }

        Address(activity, grant!);
        var clientId = ActivityJson.ToElement(activity.ChannelData) is { } data ? ActivityReader.TextOf(data, "clientActivityID") : null;
        if (await adapter.AppendAsync(activity, clientId, true, cancellationToken) is not { } append)
        {
            return DirectLineErrors.NoConversation;
        }

        if (append.IsNew)
        {
            _ = turns.EnqueueAsync(conversationId, token => adapter.AnswerAsync(conversationId, bot.OnTurnAsync, token));
        }

        return Results.Json(new { id = DirectLineAdapter.IdOf(conversationId, append.Position) });
    }

    /// <summary>
    /// Ours alone, official Direct Line has none: the person deletes the conversation, all of it, now. The token may stand in a plain-text body
    /// instead of the header, since a page that is being left cannot wait for a browser's question whether the header is allowed.
    /// </summary>
    private async Task<IResult> DeleteAsync(string conversationId, HttpRequest request, CancellationToken cancellationToken)
    {
        var token = BearerOf(request) ?? await ActivityReader.ReadTextAsync(request, cancellationToken);
        if (string.IsNullOrWhiteSpace(token))
        {
            return DirectLineErrors.NoToken;
        }

        if (await tokens.ReadAsync(token.Trim()) is not { } grant)
        {
            return DirectLineErrors.BadToken;
        }

        if (grant.ConversationId != conversationId)
        {
            return DirectLineErrors.OtherConversation;
        }

        var wasKept = await log.DeleteAsync(conversationId, CancellationToken.None);

        // A turn that still runs would write its memory after us: what it writes goes too.
        await turns.EnqueueAsync(conversationId, done => storage.DeleteAsync([DirectLineAdapter.StateKeyOf(conversationId)], done)).WaitAsync(cancellationToken);
        return wasKept ? Results.Json(new { deleted = true }) : DirectLineErrors.NoConversation;
    }

    private async Task<IResult> PollAsync(string conversationId, string? watermark, HttpRequest request, CancellationToken cancellationToken)
    {
        var (_, error) = await AuthorizeAsync(request, conversationId);
        if (error is not null)
        {
            return error;
        }

        return await log.ReadAfterAsync(conversationId, PositionOf(watermark), cancellationToken) is { } entries
            ? Results.Text(ActivitySetOf(entries, PositionOf(watermark)), "application/json")
            : DirectLineErrors.NoConversation;
    }

    private async Task<IResult> StreamAsync(string conversationId, string? watermark, string? t, HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return DirectLineErrors.BadArgument("This address is for WebSockets.");
        }

        // Clients send no Authorization header with a socket; the address itself carries a token that lives a minute.
        if (t is null || await tokens.ReadAsync(t, TokenPurpose.Stream) is not { } grant)
        {
            return DirectLineErrors.BadToken;
        }

        if (grant.ConversationId != conversationId)
        {
            return DirectLineErrors.OtherConversation;
        }

        if (!await log.ExistsAsync(conversationId, context.RequestAborted))
        {
            return DirectLineErrors.NoConversation;
        }

        // A server that stops lets its sockets go at once: the clients come back with their watermarks.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new DirectLineStream(socket, log, conversationId).RunAsync(PositionOf(watermark), ended.Token);
        return Results.Empty;
    }

    /// <summary>Activities as Direct Line sends them. They are kept as JSON and go out as they are.</summary>
    internal static string ActivitySetOf(IReadOnlyList<LogEntry> entries, long position)
    {
        var watermark = entries.Count > 0 ? entries[^1].Position : position;
        return string.Create(CultureInfo.InvariantCulture, $$"""{"activities":[{{string.Join(',', entries.Select(entry => entry.ActivityJson))}}],"watermark":"{{watermark}}"}""");
    }

    private async Task<(DirectLineGrant? Grant, IResult? Error)> AuthorizeAsync(HttpRequest request, string? conversationId)
    {
        if (BearerOf(request) is not { } token)
        {
            return (null, DirectLineErrors.NoToken);
        }

        if (await tokens.ReadAsync(token) is not { } grant)
        {
            return (null, DirectLineErrors.BadToken);
        }

        return conversationId is not null && grant.ConversationId != conversationId ? (null, DirectLineErrors.OtherConversation) : (grant, null);
    }

    private object ConversationOf(DirectLineGrant grant, HttpRequest request, string watermark)
    {
        var scheme = request.IsHttps ? "wss" : "ws";
        var stream = tokens.Create(grant, TokenPurpose.Stream);
        return new
        {
            conversationId = grant.ConversationId,
            token = tokens.Create(grant),
            expires_in = (int)tokens.Lifetime.TotalSeconds,
            streamUrl = $"{scheme}://{request.Host}{request.PathBase}{Path}/conversations/{grant.ConversationId}/stream?watermark={Uri.EscapeDataString(watermark)}&t={stream}",
        };
    }

    private bool IsSecret(string? bearer) =>
        _options.Secret.Length > 0 && bearer is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(bearer)), SHA256.HashData(Encoding.UTF8.GetBytes(_options.Secret)));

    private bool IsOriginAllowed(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || _options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    private static DirectLineGrant NewGrant(string? userId) => new(RandomId(), userId ?? UserPrefix + RandomId());

    private static string RandomId()
    {
        const int UnguessableBytes = 18;
        return Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(UnguessableBytes));
    }

    private static Activity Joined(DirectLineGrant grant, string? locale)
    {
        var activity = new Activity(ActivityTypes.ConversationUpdate) { MembersAdded = [new ChannelAccount(grant.UserId)], Locale = locale };
        Address(activity, grant);
        return activity;
    }

    /// <summary>Whatever the client says, an activity comes from the token's user in the token's conversation.</summary>
    private static void Address(Activity activity, DirectLineGrant grant)
    {
        activity.From = new ChannelAccount(grant.UserId, role: RoleTypes.User);
        activity.Recipient = DirectLineAdapter.BotAccount;
        activity.Conversation = new ConversationAccount(id: grant.ConversationId);
        activity.ChannelId = DirectLineAdapter.ChannelId;
        activity.ServiceUrl = null;
        activity.Attachments = null;
        activity.RelatesTo = null;
    }

    private static string? BearerOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.Length > Scheme.Length && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    private static long PositionOf(string? watermark) =>
        long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;

    private static partial class Log
    {
        [LoggerMessage(EventId = 4105, Level = LogLevel.Error, Message = "The storage failed ({ExceptionType}); the client was given the numbers instead.")]
        public static partial void StorageFailed(ILogger logger, string exceptionType);
    }
}
