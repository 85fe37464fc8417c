using System.Text;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Bot.Server.Content;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.BotFramework;

/// <summary>A reply as an activity: text, numbers as buttons, prompts as suggested actions, the citation. It decides nothing.</summary>
public sealed class ReplyRenderer(IBotContentSource contentSource, IOptions<ContentOptions> options)
{
    public Activity Render(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var text = TextOf(reply);
        var activity = MessageFactory.Text(text);
        activity.TextFormat = TextFormatTypes.Markdown;
        if (reply is Reply.Handoff handoff)
        {
            activity.Attachments.Add(ToCard(handoff.Actions));
        }

        if (reply.Buttons.Count > 0)
        {
            activity.SuggestedActions = new SuggestedActions { Actions = [.. reply.Buttons.Select(ToAction)] };
        }

        // Dictionaries only: a System.Text.Json object in an outgoing activity kills a process on the official packages.
        activity.ChannelData = ChannelDataOf(reply, text);
        return activity;
    }

    /// <summary>The apology with the numbers that ends a failed turn.</summary>
    public static Activity RenderApology(HandoffMessage apology)
    {
        ArgumentNullException.ThrowIfNull(apology);
        var activity = MessageFactory.Text(apology.Text);
        activity.TextFormat = TextFormatTypes.Markdown;
        activity.Attachments.Add(ToCard(apology.Actions));
        activity.ChannelData = new Dictionary<string, object?> { ["outcome"] = "failure" };
        return activity;
    }

    private string TextOf(Reply reply)
    {
        var text = new StringBuilder(reply.Text);
        if (reply is Reply.Answered { Citation: { } citation })
        {
            text.Append("\n\n").Append(contentSource.Current.RepliesIn(reply.Language).Source).Append(": ").Append(citation.Document);
            if (citation.Section is not null)
            {
                text.Append(" (").Append(citation.Section).Append(')');
            }
        }

        foreach (var addition in reply.Additions)
        {
            text.Append("\n\n").Append(addition);
        }

        return text.ToString();
    }

    private Dictionary<string, object?> ChannelDataOf(Reply reply, string text)
    {
        // Sending puts the conversation's locale over the activity's own; the language of the text has to travel apart.
        var data = new Dictionary<string, object?> { ["outcome"] = reply.Outcome, ["language"] = reply.Language };
        if (reply is Reply.Handoff || reply.IsHelpPinned)
        {
            data["helpPinned"] = true;
        }

        // Every number in the text can be tapped where the channel makes links of them.
        var numbers = contentSource.Current.Helplines.All.Where(line => line.Call is not null && text.Contains(line.Call, StringComparison.Ordinal)).DistinctBy(line => line.Call).ToDictionary(line => line.Call!, object? (line) => line.CallUri);
        if (numbers.Count > 0)
        {
            data["numbers"] = numbers;
        }

        if (reply.LeadLanguage is { } leadLanguage)
        {
            data["leadLanguage"] = leadLanguage;
        }

        if (reply is Reply.Answered { BodyLanguage: { } bodyLanguage })
        {
            // Of the text's paragraphs, all but the first; what is added below them is in the reply's language again.
            data["bodyLanguage"] = bodyLanguage;
            data["bodyParagraphs"] = reply.Text.Split("\n\n").Length - 1;
        }

        if (reply is Reply.Answered { Citation: { } citation } answered)
        {
            data["answerId"] = answered.Answer.Id;
            var passage = new Dictionary<string, object?>
            {
                ["title"] = citation.Document,
                ["quote"] = citation.Quote,
                ["url"] = ArticleAddresses.Of(options.Value, citation.Source, citation.Section, citation.Quote),
            };
            if (citation.Section is not null)
            {
                passage["section"] = citation.Section;
            }

            data["citation"] = passage;
        }

        return data;
    }

    private static Attachment ToCard(IReadOnlyList<HelpAction> actions) =>
        new HeroCard
        {
            Buttons = [.. actions.Select(action => new CardAction
            {
                Type = action.Kind == HelpActionKind.Call ? ActionTypes.Call : ActionTypes.OpenUrl,
                Title = action.Title,
                Value = action.Uri,
            })],
        }.ToAttachment();

    private static CardAction ToAction(ReplyButton button) => new()
    {
        Type = ActionTypes.MessageBack,
        Title = button.Title,
        Text = button.Title,
        DisplayText = button.Title,
        Value = ButtonValues.Write(button),
    };
}
