using Bot.Core.Turns;
using Bot.Server.Channels.BotFramework;
using Bot.Server.Content;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.Teams;

/// <summary>A reply as Teams shows it best: cards with buttons, help as message text, since a card's <c>tel:</c> button fails on desktops. It decides nothing.</summary>
public sealed class TeamsRenderer(IBotContentSource contentSource, IOptions<ChannelOptions> options, IOptions<ContentOptions> contentOptions)
{
    /// <summary>The activities to send, in their order.</summary>
    /// <param name="reply">What to say; where others read along, without the help that is for the person alone.</param>
    public IReadOnlyList<Activity> Render(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply switch
        {
            Reply.Handoff handoff => RenderHelp(handoff),
            Reply.Heard { Buttons.Count: > 0 } heard => [Message(TextOf(heard)), Card(AdaptiveCards.Create(string.Empty, [], heard.Buttons.Select(AdaptiveCards.Submit)))],
            _ when reply.Buttons.Count == 0 && reply is not Reply.Answered => [Message(TextOf(reply))],
            _ => [RenderCard(reply)],
        };
    }

    /// <summary>The line of help that goes under an answer, for the person alone; null when there is none.</summary>
    public Activity? RenderOffer(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply.Offer is { } offer ? Message(WithLinks(offer + LocalLine(reply.Language))) : null;
    }

    /// <summary>In a group, when the person could not be reached alone: numbers for anyone.</summary>
    public Activity RenderPublicHelp(string language) =>
        Message(WithLinks(contentSource.Current.Helplines.Fill(contentSource.Current.RepliesIn(language).PublicHelp, language) + LocalLine(language)));

    /// <summary>An answer as a card, for a search result.</summary>
    public Dictionary<string, object?> ToCard(Reply.Answered answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        return AdaptiveCards.Create(Heading(answered) + answered.Text, Citation(answered), Links(answered));
    }

    private List<Activity> RenderHelp(Reply.Handoff handoff)
    {
        var question = contentSource.Current.RepliesIn(handoff.Language).SafetyQuestion;
        var text = handoff.Text.Replace("\n\n**" + question + "**", string.Empty, StringComparison.Ordinal);
        return
        [
            Message(WithLinks(text + LocalLine(handoff.Language))),
            Card(AdaptiveCards.Create("**" + question + "**", [], handoff.Buttons.Select(AdaptiveCards.Execute))),
        ];
    }

    private Activity RenderCard(Reply reply)
    {
        var answered = reply as Reply.Answered;
        var activity = Card(AdaptiveCards.Create(
            answered is null ? TextOf(reply) : Heading(answered) + TextOf(reply),
            answered is null ? [] : Citation(answered),
            [.. answered is null ? [] : Links(answered), .. reply.Buttons.Select(AdaptiveCards.Submit)]));
        if (answered is not null)
        {
            activity.ChannelData = new Dictionary<string, object?> { ["feedbackLoop"] = new Dictionary<string, object?> { ["type"] = "default" } };
        }

        return activity;
    }

    /// <summary>What is answered: a click on a card does not show in the chat, and a group reads along.</summary>
    private static string Heading(Reply.Answered answered) => "**" + answered.Answer.Title + "**\n\n";

    private string TextOf(Reply reply)
    {
        // In a group the help has been taken out already, for the person alone.
        var text = string.Join("\n\n", reply.Additions.Prepend(reply.Text));
        return WithLinks(reply is Reply.Greeting or Reply.Advice or Reply.Heard or Reply.OtherLanguage or Reply.SafetyCheck ? text + LocalLine(reply.Language) : text);
    }

    private string LocalLine(string language) => options.Value.LocalEmergencyNumber is { Length: > 0 } number
        ? "\n\n" + contentSource.Current.RepliesIn(language).LocalEmergency.Replace("{local}", number, StringComparison.Ordinal)
        : string.Empty;

    /// <summary>Every number stays written in full, and can be tapped where the device can call.</summary>
    private string WithLinks(string text)
    {
        foreach (var line in contentSource.Current.Helplines.All.Where(line => line.Call is not null).DistinctBy(line => line.Call))
        {
            text = text.Replace($"**{line.Call}**", $"**[{line.Call}]({line.CallUri})**", StringComparison.Ordinal);
        }

        return options.Value.LocalEmergencyNumber is { Length: > 0 } local
            ? text.Replace($"**{local}**", $"**[{local}](tel:{new string([.. local.Where(c => char.IsAsciiDigit(c) || c == '+')])})**", StringComparison.Ordinal)
            : text;
    }

    private IEnumerable<Dictionary<string, object?>> Citation(Reply.Answered answered)
    {
        if (answered.Citation is { } citation)
        {
            yield return AdaptiveCards.TextBlock($"{contentSource.Current.RepliesIn(answered.Language).Source}: {citation.Document}{(citation.Section is null ? string.Empty : $" ({citation.Section})")}: “{citation.Quote}”", isSubtle: true);
        }
    }

    private IEnumerable<Dictionary<string, object?>> Links(Reply.Answered answered)
    {
        if (answered.Citation is not { } citation)
        {
            yield break;
        }

        var address = ArticleAddresses.Of(contentOptions.Value, citation.Source, citation.Section);
        if (options.Value.PublicUrl.Length > 0)
        {
            address = new Uri(new Uri(options.Value.PublicUrl), address).AbsoluteUri;
        }

        if (address.StartsWith("https://", StringComparison.Ordinal))
        {
            yield return AdaptiveCards.OpenUrl(contentSource.Current.RepliesIn(answered.Language).Source, address);
        }
    }

    private static Activity Card(Dictionary<string, object?> card)
    {
        var activity = new Activity(ActivityTypes.Message) { Attachments = [AdaptiveCards.ToAttachment(card)] };
        activity.Summary = card["fallbackText"] as string;
        return activity;
    }

    private static Activity Message(string text)
    {
        var activity = MessageFactory.Text(text);
        activity.TextFormat = TextFormatTypes.Markdown;
        return activity;
    }
}
