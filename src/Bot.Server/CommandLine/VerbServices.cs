namespace Bot.Server.CommandLine;

/// <summary>The same content, matcher and responder as the server's, without the server.</summary>
internal static class VerbServices
{
    public static ServiceProvider Create(string[] settings) => Build(settings, (_, _) => { });

    /// <summary>With the storage and the ways to staff too.</summary>
    public static ServiceProvider CreateForOperator(string[] settings) => Build(settings, (builder, services) =>
    {
        services.AddStorage(builder.Configuration, builder.Environment);
        services.AddBotFramework().AddDirectLine().AddStaff(builder.Environment);
        builder.Logging.SetMinimumLevel(LogLevel.None);
    });

    private static ServiceProvider Build(string[] settings, Action<HostApplicationBuilder, IServiceCollection> add)
    {
        // As the server: content is read from the folder one stands in, not from the copy beside the program.
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddInMemoryCollection(new Dictionary<string, string?> { [HostDefaults.ContentRootKey] = Directory.GetCurrentDirectory() });
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, Configuration = configuration });
        builder.Configuration.AddJsonFile(Path.Combine(builder.Environment.ContentRootPath, "appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(settings);
        builder.Services.AddContent().AddMatching().AddEmbeddings().AddTurns().AddDirectLineOptions().AddEscalationDefaults(builder.Environment);
        add(builder, builder.Services);
        return builder.Services.BuildServiceProvider();
    }
}
