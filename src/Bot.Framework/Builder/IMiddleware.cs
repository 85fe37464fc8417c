#nullable disable
namespace Microsoft.Bot.Builder;

/// <summary>A step before and after the bot's own logic.</summary>
public interface IMiddleware
{
    Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default);
}
