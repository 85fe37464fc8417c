using Microsoft.Extensions.Options;

namespace Bot.Server.Operations;

/// <summary>Starting, saying so, and saying plainly why not.</summary>
public static partial class Running
{
    private const int BadConfiguration = 1;
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Builds and serves until it is stopped. A bad setting or bad content is told on standard error, without a stack trace, and ends with 1.</summary>
    public static async Task<int> UntilStoppedAsync(Func<WebApplication> build, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            await using var app = build();
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                foreach (var url in app.Urls)
                {
                    output.WriteLine($"Open {url} in a browser: the article, with the bot in the corner. Ctrl+C stops it.");
                }
            });
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (IsToldPlainly(exception))
        {
            await error.WriteLineAsync("The bot did not start.");
            await error.WriteLineAsync(exception.Message);

            // The binder says only further in which setting it could not read.
            for (var inner = exception.InnerException; inner is not null && exception.Source == Binder; inner = inner.InnerException)
            {
                await error.WriteLineAsync(inner.Message);
            }

            return BadConfiguration;
        }
    }

    /// <summary>True for what the operator can mend: content, settings (one of the wrong type too), a port that is taken. The message says it all.</summary>
    public static bool IsToldPlainly(Exception exception) =>
        exception is OptionsValidationException or InvalidDataException
            or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException }
            or InvalidOperationException { Source: Binder };

    /// <summary>Whatever fails in a request is answered with an error body, and logged by its type alone: messages may hold what was typed.</summary>
    public static IApplicationBuilder UseUnhandledErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Running).FullName!);
        return app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
            {
                await AnswerAsync(context, exception.StatusCode, "BadArgument", "The request could not be read.");
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client left.
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                Log.RequestFailed(logger, exception.GetType().Name, exception.TargetSite?.DeclaringType?.Name, exception.TargetSite?.Name);
                await AnswerAsync(context, StatusCodes.Status500InternalServerError, "ServiceError", "Something failed on the server.");
            }
        });
    }

    private static Task AnswerAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code, message } }, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "A request failed: {ExceptionType} in {Type}.{Method}.")]
        public static partial void RequestFailed(ILogger logger, string exceptionType, string? type, string? method);
    }
}
