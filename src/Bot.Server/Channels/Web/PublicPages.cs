using System.Text;
using System.Text.Encodings.Web;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Markdig;

namespace Bot.Server.Channels.Web;

/// <summary>Pages that need no script: the numbers, and every question with its answer, searchable by a form.</summary>
internal static class PublicPages
{
    /// <summary>The lines anybody may need, in this order; those of other subjects belong to their handoffs.</summary>
    private static readonly string[] Roles = ["emergency", "crisis-line", "text-line", "poison", "treatment-referral", "centre"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static string TitleOfHelp(string language) => language == "es" ? "Ayuda ahora" : "Get help now";

    public static string TitleOfQuestions(string language) => language == "es" ? "Preguntas y respuestas" : "Questions and answers";

    public static string Help(BotContent content, string language)
    {
        var html = new StringBuilder().Append("<h1>").Append(Encode(TitleOfHelp(language))).Append("</h1>\n<ul class=\"lines\">\n");
        foreach (var line in Roles.Select(content.Helplines.Find).OfType<Helpline>().Concat([content.Helplines.Emergency, content.Helplines.CrisisLine]).Distinct().OrderBy(line => Array.IndexOf(Roles, line.Role)))
        {
            html.Append("<li><strong>").Append(Encode(line.Name.In(language))).Append("</strong>: ").Append(Encode($"{line.Purpose.In(language)} ({line.AnsweredBy.In(language)}; {line.HoursIn(language)})")).Append("<br>");
            if (line.Call is not null)
            {
                html.Append(Link(line.CallUri!, $"{(language == "es" ? "Llamar al" : "Call")} {line.Call}", line.Call)).Append(' ');
            }

            if (line.TextUri(language) is { } uri)
            {
                var word = line.TextWord.In(language);
                html.Append(Link(uri, (language, word.Length > 0) switch
                {
                    ("es", true) => $"Mensaje {word} al {line.TextTo}",
                    ("es", false) => $"Mensaje al {line.TextTo}",
                    (_, true) => $"Text {word} to {line.TextTo}",
                    _ => $"Text {line.TextTo}",
                }, line.TextTo!)).Append(' ');
            }

            if (line.Chat is not null)
            {
                html.Append("<a href=\"").Append(Encode(line.Chat)).Append("\" rel=\"noreferrer\">").Append(Encode(new Uri(line.Chat).Host)).Append("</a>");
            }

            html.Append("</li>\n");
        }

        html.Append("</ul>\n<p>").Append(Encode(content.Helplines.Outside.In(language))).Append("</p>\n");
        foreach (var other in content.CrisisScreen.OtherLanguages)
        {
            html.Append("<div lang=\"").Append(Encode(other.Code)).Append("\" dir=\"auto\">").Append(ToHtml(content, content.Helplines.Fill(other.Help, language))).Append("</div>\n");
        }

        return html.Append("<p><a href=\"questions").Append(language == "es" ? "?lang=es" : string.Empty).Append("\">").Append(Encode(TitleOfQuestions(language))).Append("</a> · <a href=\"?lang=")
            .Append(language == "es" ? "en\" lang=\"en\">English" : "es\" lang=\"es\">Español").Append("</a></p>\n").ToString();
    }

    /// <param name="content">The content.</param>
    /// <param name="language">"en" or "es".</param>
    /// <param name="answers">What to show, in its order.</param>
    /// <param name="search">What was searched for, or null for everything.</param>
    /// <param name="found">What the search found: the numbers too, when it is about danger.</param>
    public static string Questions(BotContent content, string language, IReadOnlyList<Reply.Answered> answers, string? search, SearchResult? found)
    {
        var isSpanish = language == "es";
        var html = new StringBuilder().Append("<h1>").Append(Encode(TitleOfQuestions(language))).Append("</h1>\n");
        html.Append("<form method=\"post\" action=\"questions?lang=").Append(language).Append("\" role=\"search\"><label for=\"q\">").Append(isSpanish ? "Su pregunta" : "Your question").Append("</label> <input id=\"q\" name=\"q\" maxlength=\"1000\" autocomplete=\"off\" value=\"")
            .Append(Encode(search ?? string.Empty)).Append("\"> <button>").Append(isSpanish ? "Buscar" : "Search").Append("</button></form>\n");
        html.Append("<p><a href=\"help?lang=").Append(language).Append("\">").Append(Encode(TitleOfHelp(language))).Append("</a>");
        html.Append(search is null ? string.Empty : $" · <a href=\"questions?lang={language}\">{(isSpanish ? "Todas las preguntas" : "All questions")}</a>").Append("</p>\n");
        if ((found?.Help ?? found?.Offer) is { } numbers)
        {
            html.Append("<section class=\"crisis\" role=\"alert\">").Append(ToHtml(content, numbers)).Append("</section>\n");
        }

        if (found?.Help is not null)
        {
            return html.ToString();
        }

        if (answers.Count == 0)
        {
            html.Append(ToHtml(content, content.Helplines.Fill(content.RepliesIn(language).NoAnswer, language)));
        }

        if (answers.Any(answered => answered.BodyLanguage is not null))
        {
            // What stands above each such answer in the chat is said once for the page.
            html.Append(ToHtml(content, content.Helplines.Fill(content.RepliesIn(language).Untranslated, language)));
        }

        foreach (var answered in answers)
        {
            var answer = answered.Answer;
            var text = answered.BodyLanguage is null ? answered.Text : answered.Text[(answered.Text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
            html.Append("<section><h2 id=\"").Append(Encode(answer.Id)).Append("\">").Append(Encode(answer.Title)).Append("</h2>\n");
            html.Append("<div").Append(answered.BodyLanguage is { } bodyLanguage ? $" lang=\"{bodyLanguage}\"" : string.Empty).Append('>').Append(ToHtml(content, text)).Append("</div>\n");
            if (answered.Citation is { } citation)
            {
                html.Append("<p class=\"source\">").Append(Encode($"{content.RepliesIn(language).Source}: {citation.Document}{(citation.Section is null ? string.Empty : $" ({citation.Section})")}")).Append("</p>\n");
            }

            html.Append("</section>\n");
        }

        return html.ToString();
    }

    /// <summary>The answer's markdown, and every number in it a link with the number as its text.</summary>
    private static string ToHtml(BotContent content, string text)
    {
        var html = Markdown.ToHtml(text, Pipeline);
        foreach (var line in content.Helplines.All.Where(line => line.Call is not null).DistinctBy(line => line.Call))
        {
            html = System.Text.RegularExpressions.Regex.Replace(html, $@"(?<![\w\->""+]){System.Text.RegularExpressions.Regex.Escape(Encode(line.Call!))}(?![\w-])|(?<=<strong>){System.Text.RegularExpressions.Regex.Escape(Encode(line.Call!))}(?=</strong>)", Link(line.CallUri!, line.Call!, line.Call!));
        }

        return html;
    }

    private static string Link(string uri, string label, string number)
    {
        var digits = number.All(char.IsAsciiDigit) && number.Length < 7 ? $" aria-label=\"{Encode(label.Replace(number, string.Join(' ', number.AsEnumerable()), StringComparison.Ordinal))}\"" : string.Empty;
        return $"<a class=\"number\" href=\"{Encode(uri)}\"{digits}>{Encode(label)}</a>";
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
