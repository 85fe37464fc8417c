using System.Security.Cryptography.X509Certificates;
using Bot.Server.Channels;
using Bot.Core.Conversations;
using Bot.Core.Escalations;
using Bot.Server.Channels.BotFramework;
using Bot.Server.Channels.Teams;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class BotFrameworkServices
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    /// <summary>The bot, its state, and the channels of Azure Bot Service.</summary>
    public static IServiceCollection AddBotFramework(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ChannelOptions>().BindConfiguration(ChannelOptions.SectionName);
        services.AddSingleton<IValidateOptions<ChannelOptions>, ChannelOptionsRangeValidator>();
        services.AddSingleton<IValidateOptions<ChannelOptions>, ChannelAddressValidator>();

        services.AddSingleton<IStorage>(provider => provider.GetService<IStateStore>() is { } store ? new StateStorage(store) : new MemoryStorage());
        services.AddSingleton<ConversationMemories>();
        services.AddHostedService(provider => provider.GetRequiredService<ConversationMemories>());
        services.AddSingleton<ReplyRenderer>();
        services.AddSingleton<Callbacks>();
        services.AddSingleton<IBot, FaqBot>();

        services.AddSingleton<ConversationTurns>();
        services.AddHostedService(provider => provider.GetRequiredService<ConversationTurns>());
        services.AddSingleton<SeenActivities>();
        services.AddSingleton<QueuedBot>();
        services.AddSingleton(CreateAuthentication);
        services.AddSingleton<ChannelAdapter>();
        services.AddTransient<TargetedMessageHandler>();
        services.AddHttpClient(Options.Options.DefaultName)
            .ConfigureHttpClient(client => client.Timeout = LongestCall)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) })
            .AddHttpMessageHandler<TargetedMessageHandler>();

        services.AddSingleton<TeamsRenderer>();
        services.AddSingleton<PrivateReplies>();
        services.AddSingleton<TeamsInvokes>();
        return services;
    }

    /// <summary>Throws <see cref="InvalidDataException"/>, naming the setting, when the bot's identity is half set.</summary>
    private static BotFrameworkAuthentication CreateAuthentication(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        var options = provider.GetRequiredService<IOptions<ChannelOptions>>().Value;
        var http = provider.GetRequiredService<IHttpClientFactory>();
        var logger = provider.GetRequiredService<ILogger<ChannelAdapter>>();
        var tenant = configuration["MicrosoftAppTenantId"];
        string[] issuers = string.IsNullOrWhiteSpace(tenant) ? [] :
        [
            AuthenticationConstants.ValidTokenIssuerUrlTemplateV1.Replace("{0}", tenant, StringComparison.Ordinal),
            AuthenticationConstants.ValidTokenIssuerUrlTemplateV2.Replace("{0}", tenant, StringComparison.Ordinal),
        ];
        try
        {
            var credentials = string.IsNullOrWhiteSpace(configuration["MicrosoftAppId"])
                ? new PasswordServiceClientCredentialFactory()
                : options.CertificateFile.Length == 0
                ? (ServiceClientCredentialsFactory)new ConfigurationServiceClientCredentialFactory(configuration, http.CreateClient(), logger)
                : new CertificateServiceClientCredentialsFactory(
                    X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, options.CertificateFile), options.CertificatePassword), configuration["MicrosoftAppId"], tenant, http.CreateClient(), logger);
            // Staff and people who wait are told of things also when nobody has written since the start.
            var targets = provider.GetRequiredService<IOptions<EscalationOptions>>().Value.Targets.Where(target => target.Kind == EscalationTargetKind.Teams).Select(target => target.ServiceUrl);
            var trusted = targets.Concat(PrivateReplies.TeamsHosts.Select(host => $"https://{host}/")).Distinct(StringComparer.Ordinal);
            configuration = new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection(trusted.Select((url, index) => KeyValuePair.Create($"TrustedServiceUrls:{index}", (string?)url))).Build();
            return new ConfigurationBotFrameworkAuthentication(configuration, credentials, new AuthenticationConfiguration { ValidTokenIssuers = issuers }, http, logger);
        }
        catch (Exception exception) when (exception is ArgumentException or System.Security.Cryptography.CryptographicException or IOException)
        {
            throw new InvalidDataException(exception is ArgumentException ? exception.Message : $"Channels:CertificateFile '{options.CertificateFile}' could not be read as a PKCS#12 file: {exception.Message}", exception);
        }
    }
}
