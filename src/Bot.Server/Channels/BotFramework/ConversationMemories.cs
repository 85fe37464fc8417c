using System.Collections.Concurrent;
using Bot.Core.Conversations;
using Bot.Core.Turns;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Bot.Server.Channels.BotFramework;

/// <summary>
/// What the bot remembers between turns: of a conversation, in a group of each person apart. A channel's conversation may never end, so what
/// is remembered of it is forgotten as long after the last message as a chat of the widget.
/// </summary>
public sealed partial class ConversationMemories : BackgroundService
{
    /// <summary>A store that does not answer keeps nobody waiting for a number longer than this.</summary>
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSave = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long it is known that somebody was welcomed.</summary>
    private static readonly TimeSpan WelcomeKept = TimeSpan.FromDays(30);

    private readonly IStorage _storage;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _kept;
    private readonly ILogger<ConversationMemories> _logger;
    private readonly ConversationState _ofConversation;
    private readonly PrivateConversationState _ofPersonInGroup;
    private readonly UserState _ofPerson;
    private readonly IStatePropertyAccessor<ConversationMemory> _conversationMemory;
    private readonly IStatePropertyAccessor<ConversationMemory> _groupMemory;
    private readonly IStatePropertyAccessor<Welcome> _welcome;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _forgetAt = new(StringComparer.Ordinal);

    public ConversationMemories(IStorage storage, IOptions<PrivacyFacts> privacyFacts, TimeProvider timeProvider, ILogger<ConversationMemories> logger)
    {
        ArgumentNullException.ThrowIfNull(privacyFacts);
        _storage = storage;
        _timeProvider = timeProvider;
        _kept = TimeSpan.FromMinutes(privacyFacts.Value.KeepConversationMinutes);
        _logger = logger;
        _ofConversation = new ConversationState(storage);
        _ofPersonInGroup = new PrivateConversationState(storage);
        _ofPerson = new UserState(storage);
        _conversationMemory = _ofConversation.CreateProperty<ConversationMemory>("memory");
        _groupMemory = _ofPersonInGroup.CreateProperty<ConversationMemory>("memory");
        _welcome = _ofPerson.CreateProperty<Welcome>("welcome");
    }

    /// <summary>True in a group chat or a channel, where others read along.</summary>
    public static bool IsGroup(IActivity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Conversation is { } conversation && (conversation.IsGroup == true || conversation.ConversationType is "groupChat" or "channel");
    }

    /// <summary>The memory, and whether it could be read. Without it the bot still screens and answers; it fails towards showing help.</summary>
    public async Task<(ConversationMemory Memory, bool IsLoaded)> LoadAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        try
        {
            return (await AccessorFor(turnContext).GetAsync(turnContext, () => new ConversationMemory(), cancellationToken).WaitAsync(LongestLoad, _timeProvider, cancellationToken), true);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MemoryFailed(_logger, "read", exception);
            return (new ConversationMemory(), false);
        }
    }

    public async Task SaveAsync(ITurnContext turnContext, ConversationMemory memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        try
        {
            var isGroup = IsGroup(turnContext.Activity);
            await AccessorFor(turnContext).SetAsync(turnContext, memory, cancellationToken).WaitAsync(LongestSave, _timeProvider, cancellationToken);
            BotState state = isGroup ? _ofPersonInGroup : _ofConversation;
            await state.SaveChangesAsync(turnContext, false, cancellationToken).WaitAsync(LongestSave, _timeProvider, cancellationToken);
            var (channel, conversation, person) = (turnContext.Activity.ChannelId, turnContext.Activity.Conversation.Id, turnContext.Activity.From?.Id);
            if (channel != DirectLine.DirectLineAdapter.ChannelId)
            {
                // The embedded Direct Line has a sweeper of its own.
                _forgetAt[isGroup ? $"{channel}/conversations/{conversation}/users/{person}" : $"{channel}/conversations/{conversation}"] = _timeProvider.GetUtcNow() + _kept;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MemoryFailed(_logger, "written", exception);
        }
    }

    /// <summary>True the first time for a person on the channel: a welcome again at every update would be noise.</summary>
    public async Task<bool> IsFirstWelcomeAsync(ITurnContext turnContext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        try
        {
            var welcome = await _welcome.GetAsync(turnContext, () => new Welcome(), cancellationToken).WaitAsync(LongestLoad, _timeProvider, cancellationToken);
            if (welcome.IsGiven)
            {
                return false;
            }

            welcome.IsGiven = true;
            await _ofPerson.SaveChangesAsync(turnContext, false, cancellationToken).WaitAsync(LongestSave, _timeProvider, cancellationToken);
            _forgetAt[$"{turnContext.Activity.ChannelId}/users/{turnContext.Activity.From?.Id}"] = _timeProvider.GetUtcNow() + WelcomeKept;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MemoryFailed(_logger, "read", exception);
            return true;
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var over = _forgetAt.Where(pair => pair.Value <= now).ToList();
        if (over.Count > 0)
        {
            await _storage.DeleteAsync([.. over.Select(pair => pair.Key)], cancellationToken);
            foreach (var pair in over)
            {
                _forgetAt.TryRemove(pair);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(_logger, exception);
            }
        }
    }

    private IStatePropertyAccessor<ConversationMemory> AccessorFor(ITurnContext turnContext) => IsGroup(turnContext.Activity) ? _groupMemory : _conversationMemory;

    /// <summary>A class with plain setters, since both flavours of the Bot Framework store it as JSON.</summary>
    public sealed class Welcome
    {
        public bool IsGiven { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The conversation's memory could not be {Deed}. The turn went on.")]
        public static partial void MemoryFailed(ILogger logger, string deed, Exception exception);

        [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Forgetting what is remembered of old conversations failed; it is tried again in a minute.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
