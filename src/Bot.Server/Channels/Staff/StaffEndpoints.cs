using System.Text;
using System.Text.Json;
using Bot.Core.Escalations;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Staff;

/// <summary>Where a webhook's receiver says what became of a request: <c>POST /api/escalations/{id}</c>, signed as the webhook itself is.</summary>
public static partial class StaffEndpoints
{
    private const int LargestBody = 4096;
    private const int LongestName = 80;

    public static IEndpointRouteBuilder MapStaff(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapPost("/api/escalations/{id}", HearAsync);
        return endpoints;
    }

    private static async Task<IResult> HearAsync(string id, HttpContext context, EscalationIntake intake, IOptions<EscalationOptions> options, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        if (await ReadAsync(context.Request) is not { } body)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, "TooLarge", $"The body must have at most {LargestBody} bytes.");
        }

        var headers = context.Request.Headers;
        var signer = options.Value.Targets.FirstOrDefault(target => target.Kind == EscalationTargetKind.Webhook && EscalationOptionsValidator.ReadSecret(target.Secret) is { } secret
            && StandardWebhook.IsSigned(secret, headers[StandardWebhook.IdHeader].ToString(), headers[StandardWebhook.TimestampHeader].ToString(), headers[StandardWebhook.SignatureHeader].ToString(), body, timeProvider.GetUtcNow()));
        if (signer is null)
        {
            // Nothing of what there is is told to whoever cannot sign: not even whether there is such an escalation.
            Log.Forged(loggers.CreateLogger(typeof(StaffEndpoints).FullName!));
            return Problem(StatusCodes.Status401Unauthorized, "BadSignature", "Sign with the target's secret: webhook-id, webhook-timestamp (at most five minutes old) and webhook-signature.");
        }

        var (state, by) = Parse(body);
        if (state is null or EscalationState.Open or EscalationState.Cancelled || string.IsNullOrWhiteSpace(by) || by.Length > LongestName)
        {
            return Problem(StatusCodes.Status400BadRequest, "BadArgument", $"Write {{\"state\": \"taken\" or \"reached\" or \"not-reached\" or \"closed\", \"by\": the name of who says so, at most {LongestName} characters}}.");
        }

        if (!Guid.TryParse(id, out var escalationId) || await intake.ChangeAsync(escalationId, state.Value, by.Trim(), context.RequestAborted) is not { } change)
        {
            return Problem(StatusCodes.Status404NotFound, "NotFound", "There is no such escalation, or not any more.");
        }

        return Results.Json(
            new { id = escalationId, state = change.Escalation.State.ToWire(), takenBy = change.Escalation.TakenBy, changed = change.IsChanged }, statusCode: change.IsChanged ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static (EscalationState? State, string? By) Parse(string body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            return json.ValueKind == JsonValueKind.Object ? (EscalationStates.FromWire(Text(json, "state")), Text(json, "by")) : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<string?> ReadAsync(HttpRequest request)
    {
        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > LargestBody ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static IResult Problem(int status, string code, string message) => Results.Json(new { error = new { code, message } }, statusCode: status);

    private static partial class Log
    {
        [LoggerMessage(EventId = 3303, Level = LogLevel.Warning, Message = "A change of an escalation was refused: its signature is wrong or too old.")]
        public static partial void Forged(ILogger logger);
    }
}
