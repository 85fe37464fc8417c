using System.Collections.Concurrent;
using System.IO.Compression;
using Bot.Server.Content;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Widget;

/// <summary>A host's site: a plain page of text, the same with our tag, and the same with a button that loads Web Chat.</summary>
internal sealed class Site(WebApplication app) : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, byte[]> Compressed = new(StringComparer.Ordinal);

    public string Origin => app.Urls.First();

    public string Bot { get; set; } = string.Empty;

    /// <summary>This program's folder, where the packages are.</summary>
    public static string Folder { get; } = Path.Combine(Root, "bench", "Bot.Widget");

    public static string Root => FindRoot();

    public static async Task<Site> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var site = new Site(app);
        app.MapGet("/plain", () => Page(string.Empty));
        app.MapGet("/ours", () => Page($"<script src='{site.Bot}widget.js' defer></script>"));
        app.MapGet("/webchat", () => Page($$"""
            <button id=open>Open Web Chat</button><div id=chat style="height:500px"></div>
            <script>
              document.getElementById('open').onclick = () => {
                const script = document.createElement('script');
                script.src = '/webchat.js';
                script.onload = async () => {
                  const domain = '{{site.Bot}}v3/directline';
                  const { token } = await (await fetch(domain + '/tokens/generate', { method: 'POST' })).json();
                  WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ token, domain, conversationStartProperties: { locale: 'en-US' } }), locale: 'en-US' }, document.getElementById('chat'));
                };
                document.head.append(script);
              };
            </script>
            """));
        app.MapGet("/webchat.js", (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(Gzip(Path.Combine(Folder, "node_modules", "botframework-webchat", "dist", "webchat.js")), "text/javascript");
        });
        await app.StartAsync();
        return site;
    }

    public static byte[] Gzip(string file) => Compressed.GetOrAdd(file, static name =>
    {
        if (!File.Exists(name))
        {
            throw new InvalidDataException($"'{name}' is not there. Run 'npm ci --prefix bench/Bot.Widget --ignore-scripts' first.");
        }

        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize))
        {
            gzip.Write(File.ReadAllBytes(name));
        }

        return stream.ToArray();
    });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static IResult Page(string addition)
    {
        var text = File.ReadAllText(Path.Combine(Root, "dialogs", "sources", new ContentOptions().Article));
        var paragraphs = string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"<p>{line}</p>"));
        return Results.Content($"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><meta name=description content='An article'><title>An article</title><link rel=icon href='data:,'><main><h1>An article</h1>{paragraphs}</main>{addition}</html>", "text/html");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Bot.sln above {AppContext.BaseDirectory}.");
    }
}
