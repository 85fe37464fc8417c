using System.Data.Common;
using System.Net.WebSockets;
using System.Text;
using Bot.Core.Conversations;

namespace Bot.Server.Channels.DirectLine;

/// <summary>One socket: what came after the watermark first, then whatever comes, and an empty frame when nothing does.</summary>
internal sealed class DirectLineStream(WebSocket socket, IConversationLog log, string conversationId)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task RunAsync(long position, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadUntilClosedAsync(ended);
        try
        {
            while (!ended.IsCancellationRequested && await log.ReadAfterAsync(conversationId, position, ended.Token) is { } entries)
            {
                // Activity sets, or an empty frame, which clients ignore and proxies take as a sign of life.
                await SendAsync(entries.Count > 0 ? DirectLineEndpoints.ActivitySetOf(entries, position) : string.Empty, ended.Token);
                position = entries.Count > 0 ? entries[^1].Position : position;
                await log.WaitAsync(conversationId, position, KeepAlive, ended.Token);
            }

            if (socket.State == WebSocketState.Open)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "The conversation is over.", CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or DbException or TimeoutException)
        {
            // The client left, or the storage is away; it comes back with its watermark and misses nothing.
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    private Task SendAsync(string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);

    /// <summary>Clients send empty frames as their sign of life. Anything else they send is not read.</summary>
    private async Task ReadUntilClosedAsync(CancellationTokenSource ended)
    {
        var buffer = new byte[256];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                if ((await socket.ReceiveAsync(buffer.AsMemory(), ended.Token)).MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The same as closed.
        }

        await ended.CancelAsync();
    }
}
