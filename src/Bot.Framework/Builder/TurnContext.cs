#nullable disable
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>The turn context that adapters make.</summary>
public class TurnContext : ITurnContext, IDisposable
{
    private const string TurnLocale = "turn.locale";
    private const string InvokeResponseType = "invokeResponse";

    private readonly List<SendActivitiesHandler> _onSendActivities = [];
    private readonly List<UpdateActivityHandler> _onUpdateActivity = [];
    private readonly List<DeleteActivityHandler> _onDeleteActivity = [];
    private bool _disposed;

    public TurnContext(BotAdapter adapter, Activity activity)
    {
        Adapter = adapter ?? throw new ArgumentNullException(nameof(adapter));
        Activity = activity ?? throw new ArgumentNullException(nameof(activity));
    }

    /// <summary>A context for another activity that shares the first one's adapter, state and handlers.</summary>
    public TurnContext(ITurnContext turnContext, Activity activity)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        Activity = activity ?? throw new ArgumentNullException(nameof(activity));
        Adapter = turnContext.Adapter;
        TurnState = turnContext.TurnState;
        Responded = turnContext.Responded;
        if (turnContext is TurnContext other)
        {
            BufferedReplyActivities = other.BufferedReplyActivities;
            _onSendActivities = other._onSendActivities;
            _onUpdateActivity = other._onUpdateActivity;
            _onDeleteActivity = other._onDeleteActivity;
        }
    }

    public BotAdapter Adapter { get; }

    public TurnContextStateCollection TurnState { get; } = [];

    public Activity Activity { get; }

    public bool Responded { get; private set; }

    /// <summary>Replies held back for an <c>expectReplies</c> request.</summary>
    public List<Activity> BufferedReplyActivities { get; } = [];

    public string Locale
    {
        get => TurnState.Get<string>(TurnLocale);
        set => TurnState.Set(TurnLocale, value);
    }

    public ITurnContext OnSendActivities(SendActivitiesHandler handler)
    {
        _onSendActivities.Add(handler ?? throw new ArgumentNullException(nameof(handler)));
        return this;
    }

    public ITurnContext OnUpdateActivity(UpdateActivityHandler handler)
    {
        _onUpdateActivity.Add(handler ?? throw new ArgumentNullException(nameof(handler)));
        return this;
    }

    public ITurnContext OnDeleteActivity(DeleteActivityHandler handler)
    {
        _onDeleteActivity.Add(handler ?? throw new ArgumentNullException(nameof(handler)));
        return this;
    }

    public Task<ResourceResponse> SendActivityAsync(string textReplyToSend, string speak = null, string inputHint = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(textReplyToSend);
        var activity = new Activity(ActivityTypes.Message) { Text = textReplyToSend };
        if (!string.IsNullOrEmpty(speak))
        {
            activity.Speak = speak;
        }

        if (!string.IsNullOrEmpty(inputHint))
        {
            activity.InputHint = inputHint;
        }

        return SendActivityAsync(activity, cancellationToken);
    }

    public async Task<ResourceResponse> SendActivityAsync(IActivity activity, CancellationToken cancellationToken = default)
    {
        BotAssert.ActivityNotNull(activity);
        var responses = await SendActivitiesAsync([activity], cancellationToken).ConfigureAwait(false);
        return responses is { Length: > 0 } ? responses[0] : new ResourceResponse();
    }

    public Task<ResourceResponse[]> SendActivitiesAsync(IActivity[] activities, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(activities);
        if (activities.Length == 0)
        {
            throw new ArgumentException("Expecting one or more activities, but the array was empty.", nameof(activities));
        }

        var reference = Activity.GetConversationReference();
        var outgoing = new List<Activity>(activities.Length);
        foreach (var activity in activities)
        {
            var one = (Activity)activity;
            one.ApplyConversationReference(reference);
            if (one.Type == ActivityTypes.Message && string.IsNullOrEmpty(one.InputHint))
            {
                one.InputHint = InputHints.AcceptingInput;
            }

            outgoing.Add(one);
        }

        return RunSendHandlers(0, outgoing, cancellationToken);
    }

    public async Task<ResourceResponse> UpdateActivityAsync(IActivity activity, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        BotAssert.ActivityNotNull(activity);
        var outgoing = ((Activity)activity).ApplyConversationReference(Activity.GetConversationReference());

        Task<ResourceResponse> Run(int index) => index < _onUpdateActivity.Count
            ? _onUpdateActivity[index](this, outgoing, () => Run(index + 1))
            : Adapter.UpdateActivityAsync(this, outgoing, cancellationToken);

        return await Run(0).ConfigureAwait(false);
    }

    public Task DeleteActivityAsync(string activityId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(activityId);
        var reference = Activity.GetConversationReference();
        reference.ActivityId = activityId;
        return DeleteActivityAsync(reference, cancellationToken);
    }

    public Task DeleteActivityAsync(ConversationReference conversationReference, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        BotAssert.ConversationReferenceNotNull(conversationReference);

        Task Run(int index) => index < _onDeleteActivity.Count
            ? _onDeleteActivity[index](this, conversationReference, () => Run(index + 1))
            : Adapter.DeleteActivityAsync(this, conversationReference, cancellationToken);

        return Run(0);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed)
        {
            return;
        }

        if (disposing)
        {
            TurnState.Dispose();
        }

        _disposed = true;
    }

    private async Task<ResourceResponse[]> RunSendHandlers(int index, List<Activity> outgoing, CancellationToken cancellationToken)
    {
        if (index < _onSendActivities.Count)
        {
            return await _onSendActivities[index](this, outgoing, () => RunSendHandlers(index + 1, outgoing, cancellationToken)).ConfigureAwait(false);
        }

        var responses = Activity.DeliveryMode == DeliveryModes.ExpectReplies
            ? Buffer(outgoing)
            : await Adapter.SendActivitiesAsync(this, [.. outgoing], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < outgoing.Count; i++)
        {
            if (responses is not null && i < responses.Length && responses[i] is { } response)
            {
                outgoing[i].Id = response.Id;
            }

            Responded |= outgoing[i].Type != ActivityTypes.Trace;
        }

        return responses;
    }

    /// <summary>Whoever asked for the replies in the answer gets them there, and the channel is not called.</summary>
    private ResourceResponse[] Buffer(List<Activity> outgoing)
    {
        foreach (var activity in outgoing)
        {
            if (activity.Type == InvokeResponseType)
            {
                TurnState.Add(BotAdapter.InvokeResponseKey, activity);
            }

            BufferedReplyActivities.Add(activity);
        }

        return [.. outgoing.Select(_ => new ResourceResponse())];
    }
}
