using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Core.Turns;
using Bot.Server.Content;
using Markdig;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Web;

/// <summary>The widget's script with the numbers inside, and the page that shows it on the article.</summary>
public static class WebEndpoints
{
    private const string HelpPlace = "/*help*/null/*help*/";

    /// <summary>Public pages: what the chat does in a crisis, what is stored, and what the chat is.</summary>
    private static readonly (string Path, string Document)[] Documents = [("/crisis-protocol", "crisis-protocol.md"), ("/privacy", "data-stores.md"), ("/about", "about.md")];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    private static readonly JsonSerializerOptions HelpJson = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement) };

    public static IEndpointRouteBuilder MapWidget(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/", (HttpContext context, IBotContentSource contentSource, IWebHostEnvironment environment, IOptions<ContentOptions> options) =>
            ShowArticle(context, options.Value.Article, string.Empty, contentSource, environment));
        endpoints.MapGet(ArticleAddresses.OtherArticles + "{name}", (HttpContext context, string name, IBotContentSource contentSource, IWebHostEnvironment environment) =>
            ShowArticle(context, name, "../", contentSource, environment));
        foreach (var (path, document) in Documents)
        {
            endpoints.MapGet(path, (HttpContext context, IWebHostEnvironment environment) => ShowDocument(context, environment, document));
        }

        endpoints.MapGet("/widget.js", SendWidget);
        return endpoints;
    }

    private static async Task<IResult> ShowArticle(HttpContext context, string name, string root, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        if (contentSource.Current.KnowledgeBase.Sources.FirstOrDefault(candidate => candidate.Name == name) is not { } source)
        {
            return Results.NotFound();
        }

        var template = await ReadAsync(environment, "article.html.template", context.RequestAborted);
        return Page(context, ArticlePage.Render(template, source, root));
    }

    private static async Task<IResult> ShowDocument(HttpContext context, IWebHostEnvironment environment, string document)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(environment.ContentRootPath, "docs", document), context.RequestAborted);
        var template = await ReadAsync(environment, "page.html.template", context.RequestAborted);
        var title = text[(text.IndexOf('#', StringComparison.Ordinal) + 1)..text.IndexOf('\n', StringComparison.Ordinal)].Trim();
        return Page(context, template.Replace("<!--title-->", HtmlEncoder.Default.Encode(title), StringComparison.Ordinal).Replace("<!--text-->", Markdown.ToHtml(text, Pipeline), StringComparison.Ordinal));
    }

    private static IResult Page(HttpContext context, string html)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>The numbers are in the script itself: they can be seen before the server answers, and when it does not.</summary>
    private static async Task<IResult> SendWidget(HttpContext context, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        var script = await ReadAsync(environment, "widget.js", context.RequestAborted);
        var content = contentSource.Current;
        var help = JsonSerializer.Serialize(
            content.Handoffs.Keys.ToDictionary(language => language, language => HelpIn(content, language)), HelpJson);
        var body = Encoding.UTF8.GetBytes(script.Replace(HelpPlace, help, StringComparison.Ordinal));

        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body)[..12])}\"";
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return context.Request.Headers.IfNoneMatch.Contains(etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(body, "text/javascript; charset=utf-8");
    }

    private static object HelpIn(BotContent content, string language)
    {
        var lines = new[] { content.Helplines.Emergency, content.Helplines.CrisisLine, content.Helplines.Centre };
        return new
        {
            lines = lines.Select(line => new
            {
                name = line.Name.In(language),
                purpose = line.Purpose.In(language),
                answeredBy = line.AnsweredBy.In(language),
                hours = line.HoursIn(language),
                call = line.Call,
                callUri = line.CallUri,
                text = line.TextTo,
                textWord = line.TextWord.In(language),
                textUri = line.TextUri(language),
                chat = line.Chat,
                press = line.Press.In(language),
            }),
            outside = content.Helplines.Outside.In(language),
        };
    }

    private static Task<string> ReadAsync(IWebHostEnvironment environment, string name, CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.Combine(environment.WebRootPath, name), cancellationToken);
}
