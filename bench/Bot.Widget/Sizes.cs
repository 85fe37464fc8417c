using System.Text.RegularExpressions;

namespace Bot.Widget;

/// <summary>Bytes over the wire, gzip.</summary>
internal static class Sizes
{
    public static async Task<object> MeasureAsync(string bot)
    {
        using var plain = new HttpClient { BaseAddress = new Uri(bot) };
        var files = Regex.Match(await plain.GetStringAsync(new Uri("widget.js", UriKind.Relative)), "widget/[0-9a-f]{16}/").Value;
        using var client = new HttpClient { BaseAddress = new Uri(bot) };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var launcher = (await client.GetByteArrayAsync(new Uri("widget.js", UriKind.Relative))).Length;
        var chat = (await client.GetByteArrayAsync(new Uri(files + "panel.js", UriKind.Relative))).Length;
        var webChat = Site.Gzip(Path.Combine(Site.Folder, "node_modules", "botframework-webchat", "dist", "webchat.js")).Length;
        return new { launcher, launcherAndChat = launcher + chat, webChat, ratio = Math.Round((launcher + chat) / (double)webChat, 4) };
    }
}
