namespace Bot.Server.Channels.Teams;

/// <summary>
/// Asks Teams to show a message to its recipient alone. The Bot Framework's client has no member for it; the mark goes into the request's
/// address on its way out, so it works with both flavours.
/// </summary>
public sealed class TargetedMessageHandler : DelegatingHandler
{
    private const string Query = "isTargetedActivity=true";

    private static readonly AsyncLocal<bool> IsTargeted = new();

    /// <summary>Messages sent until it is disposed are targeted.</summary>
    public static IDisposable Begin()
    {
        IsTargeted.Value = true;
        return new Ending();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsTargeted.Value && request.Method == HttpMethod.Post && request.RequestUri is { } uri && uri.AbsolutePath.Contains("/activities", StringComparison.Ordinal))
        {
            request.RequestUri = new UriBuilder(uri) { Query = Query }.Uri;
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class Ending : IDisposable
    {
        public void Dispose() => IsTargeted.Value = false;
    }
}
