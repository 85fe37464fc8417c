using Bot.Server.Channels.BotFramework;
using Bot.Server.Channels.Staff;
using Bot.Server.Channels.Web;
using Bot.Server.CommandLine;
using Bot.Server.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;

if (Verbs.Run(args, Console.Out, Console.Error) is { } exitCode)
{
    return exitCode;
}

return await Running.UntilStoppedAsync(
    () =>
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = "web" });
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.Services.TryAddSingleton(TimeProvider.System);

        // What the bot knows and decides
        builder.Services.AddContent().AddMatching().AddEmbeddings().AddTurns().AddHostedService<WarmUp>();

        // What is kept
        builder.Services.AddStorage(builder.Configuration, builder.Environment).AddHealth().AddTelemetry(builder.Configuration);

        // Where people meet it
        builder.Services.AddBotFramework().AddDirectLine();

        // Who is told when somebody asks for a call
        builder.Services.AddStaff(builder.Environment);

        var app = builder.Build();

        app.UseUnhandledErrors();
        app.UseCors();
        app.UseRateLimiter();
        app.UseWebSockets();
        app.UseStaticFiles();

        app.MapWidget();
        app.MapDirectLine();
        app.MapBotFramework();
        app.MapStaff();
        app.MapHealth();
        app.MapMetrics();
        return app;
    },
    Console.Out,
    Console.Error);
