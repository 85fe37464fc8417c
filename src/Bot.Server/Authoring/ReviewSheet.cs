using System.Text;
using System.Text.Encodings.Web;
using Bot.Core.Reviews;
using Bot.Core.Turns;
using Markdig;

namespace Bot.Server.Authoring;

/// <summary>Every text on one page that a clinician can print, read beside what it rests on, and sign.</summary>
internal static class ReviewSheet
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly (string Kind, string Title, string Advice)[] Chapters =
    [
        ("handoff", "Handoffs: what is said when someone is in danger", "Is the right number first? Is anything promised, asked or described that should not be?"),
        ("step", "Steps of first aid", "Does the source named beside each step say exactly this, for this condition?"),
        ("helpline", "Helplines", "Dial each number. Is it theirs, for this purpose, at these hours?"),
        ("reply", "What the bot says by itself", "Greeting, noes, refusal of advice, safety check, apologies."),
        ("answer", "Answers from the article", "Does the text say what the quotes say, and no more?"),
        ("route", "Routes: what the article does not cover", "No facts. Is this who can help, and is the reason right?"),
        ("about", "What the bot says about itself", "Is it true of this installation?"),
    ];

    /// <summary>The page.</summary>
    /// <param name="content">The content.</param>
    /// <param name="today">The day by which states are told.</param>
    /// <param name="isUnreviewedOnly">True to leave out what is signed.</param>
    /// <param name="count">How many texts are on it.</param>
    public static string Render(BotContent content, DateOnly today, bool isUnreviewedOnly, out int count)
    {
        var texts = content.Reviews.Texts.Where(text => !isUnreviewedOnly || content.Reviews.StateOf(text.Id, today) != ReviewState.Reviewed).ToList();
        count = texts.Count;
        var states = content.Reviews.Texts.GroupBy(text => content.Reviews.StateOf(text.Id, today)).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}");
        var html = new StringBuilder(Head)
            .Append("<h1>Review sheet</h1><p>Content ").Append(Encode(content.Version)).Append(", ").Append(ReviewBook.Write(today)).Append(". ")
            .Append(texts.Count).Append(" texts on this sheet; of all ").Append(content.Reviews.Texts.Count).Append(": ").Append(string.Join(", ", states))
            .Append(".</p><p>Read each text beside what it rests on. Sign it here, or hand the sheet to whoever records it with the command below it. A text edited after this sheet was printed has another hash, and the command refuses it.</p>");
        foreach (var (kind, title, advice) in Chapters)
        {
            var ofKind = texts.Where(text => text.Id.StartsWith(kind + "/", StringComparison.Ordinal)).ToList();
            if (ofKind.Count > 0)
            {
                html.Append("<h2>").Append(Encode(title)).Append(" (").Append(ofKind.Count).Append(")</h2><p>").Append(Encode(advice)).Append("</p>\n");
                ofKind.ForEach(text => AppendText(html, content, text, today));
            }
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static void AppendText(StringBuilder html, BotContent content, ReviewableText text, DateOnly today)
    {
        var state = content.Reviews.StateOf(text.Id, today);
        var signOff = content.Reviews.SignOffOf(text.Id);
        html.Append("<section><header><h3>").Append(Encode(text.Title)).Append("</h3><code>").Append(Encode(text.Id)).Append("</code><span class=\"").Append(Word(state)).Append("\">").Append(text.IsDraft ? "draft, off" : Word(state));
        if (signOff is not null)
        {
            html.Append(": ").Append(Encode(signOff.Reviewer)).Append(", ").Append(ReviewBook.Write(signOff.SignedOn)).Append(", until ").Append(ReviewBook.Write(signOff.ExpiresOn));
        }

        html.Append("</span></header>").Append(text.Evidence.Count > 0 ? "<div class=\"sides\">" : "<div>").Append("<div>").Append(BodyOf(content, text)).Append("</div>");
        if (text.Evidence.Count > 0)
        {
            html.Append("<div class=\"evidence\">").AppendJoin(string.Empty, text.Evidence.Select(evidence => $"<blockquote>{Encode(evidence)}</blockquote>")).Append("</div>");
        }

        html.Append("</div>");
        if (text.Phrasings.Count > 0)
        {
            html.Append("<p class=\"phrasings\"><b>Asked as:</b> ").Append(Encode(string.Join(" · ", text.Phrasings))).Append("</p>");
        }

        html.Append("<p class=\"sign\">☐ approved &nbsp; ☐ to be changed <span>Reviewer<i></i></span><span>Date<i></i></span></p><p class=\"command\">sign ").Append(Encode(text.Id)).Append(" --hash ").Append(text.Hash)
            .Append(" --reviewer \"…\"<span>").Append(Encode(text.Line > 0 ? $"{text.File}({text.Line})" : text.File)).Append("</span></p></section>\n");
    }

    /// <summary>The text as people see it, with the numbers in their places.</summary>
    private static string BodyOf(BotContent content, ReviewableText text)
    {
        var language = text.Id.Split('/') is [_, "es", ..] ? "es" : "en";
        return Markdown.ToHtml(content.Helplines.Fill(text.Body, language), Pipeline);
    }

    private static string Word(ReviewState state) => state switch
    {
        ReviewState.Unreviewed => "unreviewed",
        ReviewState.Changed => "changed",
        ReviewState.Expired => "expired",
        _ => "reviewed",
    };

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private const string Head =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Review sheet</title><style>
        body { font: 10.5pt/1.45 Georgia, "Liberation Serif", serif; color: #111; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1, h2, h3, code, header span, .phrasings, .sign, .command { font-family: system-ui, "Liberation Sans", sans-serif; }
        h2 { margin-top: 2.5rem; border-bottom: 2px solid #111; } h2, h2 + p { break-after: avoid; } h3 { font-size: 11.5pt; margin: 0; }
        section { border: 1px solid #888; border-radius: 4px; padding: .6rem .8rem; margin: .8rem 0; break-inside: avoid; }
        header { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; } header code { font-size: 8.5pt; color: #444; } header span { margin-left: auto; font-size: 8.5pt; border: 1px solid; border-radius: 3px; padding: 0 .4rem; }
        .unreviewed, .changed, .expired { color: #8a1c00; } .reviewed { color: #0b5a2a; } .changed { font-weight: bold; }
        .sides { display: grid; grid-template-columns: 3fr 2fr; gap: 1rem; } .sides p, .sides ul { margin: .4rem 0; }
        .evidence { border-left: 3px solid #bbb; padding-left: .8rem; } blockquote { margin: .4rem 0; font-style: italic; }
        .phrasings { font-size: 8pt; color: #333; margin: .3rem 0; } .sign { font-size: 9pt; margin: .9rem 0 .2rem; } .sign { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: baseline; } .sign span { display: flex; gap: .4rem; flex: 1; min-width: 9rem; } .sign i { flex: 1; border-bottom: 1px solid #111; }
        .command { font-size: 7.5pt; color: #444; margin: 0; overflow-wrap: anywhere; } .command { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
        @media (max-width: 40rem) { .sides { grid-template-columns: 1fr; } }
        @media print { body { margin: 0; max-width: none; font-size: 9.5pt; } @page { margin: 14mm; } }
        </style></head><body>

        """;
}
