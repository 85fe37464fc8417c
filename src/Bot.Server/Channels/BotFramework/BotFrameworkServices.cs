using Bot.Server.Channels.BotFramework;
using Microsoft.Bot.Builder;

namespace Microsoft.Extensions.DependencyInjection;

public static class BotFrameworkServices
{
    /// <summary>The bot and its state. Which channels reach it is said elsewhere.</summary>
    public static IServiceCollection AddBotFramework(this IServiceCollection services)
    {
        services.AddSingleton<IStorage>(_ => new MemoryStorage());
        services.AddSingleton<ConversationState>();
        services.AddSingleton<ReplyRenderer>();
        services.AddSingleton<IBot, FaqBot>();
        return services;
    }
}
