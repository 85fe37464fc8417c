using Bot.Core.Conversations;
using Bot.Core.Turns;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace Bot.Server.Channels.BotFramework;

/// <summary>The bot as the Bot Framework sees it. It holds no rule: it hands what was typed to the responder and sends what comes back.</summary>
public sealed partial class FaqBot(Responder responder, ReplyRenderer renderer, ConversationState conversationState, TimeProvider timeProvider, ILogger<FaqBot> logger) : ActivityHandler
{
    /// <summary>A store that does not answer keeps nobody waiting for a number longer than this.</summary>
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSave = TimeSpan.FromSeconds(2);

    private readonly IStatePropertyAccessor<ConversationMemory> _memory = conversationState.CreateProperty<ConversationMemory>("memory");

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        var (memory, isLoaded) = await LoadMemoryAsync(turnContext, cancellationToken);
        var typed = string.Join('\n', new[] { activity.Text }.Concat(ButtonValues.TypedTexts(activity.Value)).Where(text => !string.IsNullOrEmpty(text)));

        var reply = responder.Respond(new IncomingMessage(typed, ButtonValues.Read(activity.Value, typed), activity.Locale, activity.ChannelId), memory);

        // The person first, the store after: a store that is down delays no number.
        await turnContext.SendActivityAsync(renderer.Render(reply), cancellationToken);
        if (isLoaded || memory.IsHelpPinned)
        {
            // What could not be read is not overwritten with less than it may hold.
            await SaveMemoryAsync(turnContext, memory, cancellationToken);
        }
    }

    protected override async Task OnMembersAddedAsync(IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken) =>
        await turnContext.SendActivityAsync(renderer.Render(responder.Greet(turnContext.Activity.AsConversationUpdateActivity() is Activity { Locale: var locale } ? locale : null)), cancellationToken);

    private async Task<(ConversationMemory Memory, bool IsLoaded)> LoadMemoryAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        try
        {
            return (await _memory.GetAsync(turnContext, () => new ConversationMemory(), cancellationToken).WaitAsync(LongestLoad, timeProvider, cancellationToken), true);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Without memory the bot still screens and answers; it fails towards showing help.
            Log.MemoryFailed(logger, "read", exception);
            return (new ConversationMemory(), false);
        }
    }

    private async Task SaveMemoryAsync(ITurnContext turnContext, ConversationMemory memory, CancellationToken cancellationToken)
    {
        try
        {
            await _memory.SetAsync(turnContext, memory, cancellationToken).WaitAsync(LongestSave, timeProvider, cancellationToken);
            await conversationState.SaveChangesAsync(turnContext, false, cancellationToken).WaitAsync(LongestSave, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MemoryFailed(logger, "written", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The conversation's memory could not be {Deed}. The turn went on.")]
        public static partial void MemoryFailed(ILogger logger, string deed, Exception exception);
    }
}
