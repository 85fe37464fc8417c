using System.Text.Encodings.Web;
using Bot.Core.Turns;
using Bot.Server.Channels.DirectLine;
using Bot.Server.Content;
using Markdig;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Bot.Server.Channels.Web;

/// <summary>The widget's scripts, the page that shows it on the article, and the pages that need no script.</summary>
public static class WebEndpoints
{
    private const string OnlyHere = "'self'";

    /// <summary>Public pages: what the chat does in a crisis, what is stored, and what the chat is.</summary>
    private static readonly (string Path, string Document)[] Documents = [("/crisis-protocol", "crisis-protocol.md"), ("/privacy", "data-stores.md"), ("/about", "about.md")];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

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

        endpoints.MapGet("/help", ShowHelp);
        endpoints.MapGet("/questions", ShowQuestions);
        endpoints.MapPost("/questions", SearchQuestionsAsync).RequireRateLimiting(DirectLineServices.TokensPolicy);
        endpoints.MapGet("/chat", ShowChatAsync);
        endpoints.MapGet("/widget.js", (HttpContext context, WidgetAssets assets) => Send(context, assets.Current.Files[WidgetAssets.Loader], isLasting: false));
        endpoints.MapGet("/widget/{hash}/{name}", SendFile);
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
        var title = text[(text.IndexOf('#', StringComparison.Ordinal) + 1)..text.IndexOf('\n', StringComparison.Ordinal)].Trim();
        return await FillAsync(context, environment, "en", title, Markdown.ToHtml(text, Pipeline));
    }

    private static Task<IResult> ShowHelp(HttpContext context, string? lang, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        var language = LanguageOf(context, lang);
        return FillAsync(context, environment, language, PublicPages.TitleOfHelp(language), PublicPages.Help(contentSource.Current, language));
    }

    private static Task<IResult> ShowQuestions(HttpContext context, string? lang, Responder responder, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        var language = LanguageOf(context, lang);
        return FillAsync(context, environment, language, PublicPages.TitleOfQuestions(language), PublicPages.Questions(contentSource.Current, language, responder.Browse(language), null, null));
    }

    /// <summary>A form post, so that what was searched for stands in no address and no log. Screened before anything is found.</summary>
    private static async Task<IResult> SearchQuestionsAsync(HttpContext context, string? lang, Responder responder, IBotContentSource contentSource, IWebHostEnvironment environment)
    {
        const int MostFound = 10;
        const int LongestSearch = 1000;
        const int LargestForm = 16 * 1024;
        var language = LanguageOf(context, lang);
        if (!context.Request.HasFormContentType || context.Request.ContentLength > LargestForm)
        {
            return Results.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(new Microsoft.AspNetCore.Http.Features.FormOptions { BufferBodyLengthLimit = LargestForm, ValueLengthLimit = LargestForm, ValueCountLimit = 4 }, context.RequestAborted);
        var text = form["q"].ToString();
        text = text.Length <= LongestSearch ? text : text[..LongestSearch];
        var found = responder.Search(text, language, MostFound);
        return await FillAsync(context, environment, language, PublicPages.TitleOfQuestions(language), PublicPages.Questions(contentSource.Current, language, found.Answers, text, found));
    }

    /// <summary>The chat alone, for a link or for a frame on a site that may begin conversations.</summary>
    private static async Task<IResult> ShowChatAsync(HttpContext context, string? lang, IWebHostEnvironment environment, IOptions<DirectLineOptions> options)
    {
        var language = LanguageOf(context, lang);
        var template = await ReadAsync(environment, "chat.html.template", context.RequestAborted);
        return Page(context, template.Replace("<!--lang-->", language, StringComparison.Ordinal), string.Join(' ', [OnlyHere, .. options.Value.AllowedOrigins]));
    }

    private static async Task<IResult> FillAsync(HttpContext context, IWebHostEnvironment environment, string language, string title, string html)
    {
        var template = await ReadAsync(environment, "page.html.template", context.RequestAborted);
        return Page(context, template.Replace("<!--lang-->", language, StringComparison.Ordinal).Replace("<!--title-->", HtmlEncoder.Default.Encode(title), StringComparison.Ordinal).Replace("<!--text-->", html, StringComparison.Ordinal));
    }

    private static IResult Page(HttpContext context, string html, string frameAncestors = OnlyHere)
    {
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frameAncestors}; require-trusted-types-for 'script'";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>A page that was loaded before an update asks for a version that is gone: it gets today's, and keeps it for nobody.</summary>
    private static IResult SendFile(HttpContext context, string hash, string name, WidgetAssets assets)
    {
        var version = assets.Current;
        return version.Files.TryGetValue(name, out var file) ? Send(context, file, isLasting: hash == version.Hash) : Results.NotFound();
    }

    private static IResult Send(HttpContext context, WidgetFile file, bool isLasting)
    {
        var response = context.Response;
        response.Headers.CacheControl = isLasting ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.Headers.Vary = HeaderNames.AcceptEncoding;

        // Of the encodings a browser takes, the smaller first; an ETag each, since the bytes differ.
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality != 0).Select(encoding => encoding.Value.ToString()).ToList();
        var (encoding, bytes) = accepted.Contains("br") ? ("br", file.Brotli) : accepted.Contains("gzip") ? ("gzip", file.Gzip) : (null, file.Plain);
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return Results.Bytes(bytes, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{file.ETag}{(encoding is null ? string.Empty : "-" + encoding)}\""));
    }

    private static string LanguageOf(HttpContext context, string? asked) =>
        (asked ?? context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString()).FirstOrDefault(language => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) || language.StartsWith("es", StringComparison.OrdinalIgnoreCase)))
            ?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true ? "es" : "en";

    private static Task<string> ReadAsync(IWebHostEnvironment environment, string name, CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.Combine(environment.WebRootPath, name), cancellationToken);
}
