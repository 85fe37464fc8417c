using System.Globalization;
using System.Text;
using System.Text.Json;
using Bot.Core.Escalations;

namespace Bot.Server.Channels.Staff;

/// <summary>Tells a system of the operator's: one signed POST a notice, with the notice's id as the key by which it is known when it comes again.</summary>
public sealed class WebhookNotifier(EscalationTarget target, IHttpClientFactory http, TimeProvider timeProvider) : IEscalationNotifier
{
    /// <summary>Follows no redirect: a signature is for one address.</summary>
    public const string ClientName = "escalation-webhook";

    private readonly byte[] _secret = EscalationOptionsValidator.ReadSecret(target.Secret)!;

    public string Target => target.Name;

    public async Task<string?> NotifyAsync(DueNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var type = notice.Notice.Kind switch
        {
            NoticeKind.Request => "escalation.requested",
            NoticeKind.Reminder => "escalation.reminder",
            _ => "escalation.changed",
        };
        await PostAsync(notice.Notice.Id.ToString("n", CultureInfo.InvariantCulture), type, DataOf(notice.Escalation), cancellationToken);
        return string.Empty;
    }

    public Task TestAsync(bool isSeen, CancellationToken cancellationToken) =>
        PostAsync(Guid.NewGuid().ToString("n"), "escalation.test", new { seen = isSeen }, cancellationToken);

    private static object DataOf(Escalation escalation) => new
    {
        id = escalation.Id,
        state = escalation.State.ToWire(),
        number = escalation.State.IsOver() ? null : escalation.Request.Number,
        firstName = escalation.State.IsOver() ? null : escalation.Request.FirstName,
        language = escalation.Language,
        from = escalation.Request.From,
        until = escalation.Request.Until,
        createdAt = escalation.CreatedAt,
        takenBy = escalation.TakenBy,
    };

    private async Task PostAsync(string id, string type, object data, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var body = JsonSerializer.Serialize(new { type, timestamp = now, data }, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(StandardWebhook.IdHeader, id);
        request.Headers.Add(StandardWebhook.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(StandardWebhook.SignatureHeader, StandardWebhook.Sign(_secret, id, now, body));
        using var client = http.CreateClient(ClientName);

        // What it answers is not read: a state comes in by the signed way alone.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The webhook answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }
}
