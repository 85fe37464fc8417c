using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Core.Turns;
using Bot.Server.Content;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Web;

/// <summary>The widget's script with the numbers inside, and the page that shows it on the article.</summary>
public static class WebEndpoints
{
    private const string HelpPlace = "/*help*/null/*help*/";

    private static readonly JsonSerializerOptions HelpJson = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement) };

    public static IEndpointRouteBuilder MapWidget(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/", (HttpContext context, IBotContentSource contentSource, IWebHostEnvironment environment, IOptions<ContentOptions> options) =>
            ShowArticle(context, options.Value.Article, contentSource, environment));
        endpoints.MapGet(ArticleAddresses.OtherArticles + "{name}", (HttpContext context, string name, IBotContentSource contentSource, IWebHostEnvironment environment) =>
            ShowArticle(context, name, contentSource, environment));
        endpoints.MapGet("/widget.js", SendWidget);
        return endpoints;
    }

    private static async Task<IResult> ShowArticle(HttpContext context, string name, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        if (contentSource.Current.KnowledgeBase.Sources.FirstOrDefault(candidate => candidate.Name == name) is not { } source)
        {
            return Results.NotFound();
        }

        var template = await ReadAsync(environment, "article.html.template", context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(ArticlePage.Render(template, source), "text/html; charset=utf-8");
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
