namespace Bot.Server.Channels.DirectLine;

/// <summary>Direct Line's error bodies: <c>{ "error": { "code", "message" } }</c>.</summary>
internal static class DirectLineErrors
{
    public static IResult NoToken => Error(StatusCodes.Status401Unauthorized, "TokenMissing", "Send 'Authorization: Bearer TOKEN'. POST /v3/directline/tokens/generate gives one.");

    public static IResult BadToken => Error(StatusCodes.Status403Forbidden, "TokenExpired", "The token is expired, altered or not for this. Generate a new one.");

    public static IResult BadSecret => Error(StatusCodes.Status403Forbidden, "BadSecret", "This server gives tokens only to callers with its secret.");

    public static IResult OriginNotAllowed => Error(StatusCodes.Status403Forbidden, "OriginNotAllowed", "This page's site is not among DirectLine:AllowedOrigins.");

    public static IResult OtherConversation => Error(StatusCodes.Status403Forbidden, "TokenExpired", "The token is for another conversation.");

    public static IResult StorageDown(string apology) => Error(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", apology);

    public static IResult NoConversation => Error(StatusCodes.Status404NotFound, "ConversationNotFound", "The conversation is not kept (any more). Start a new one.");

    public static IResult TooLarge(int most) => Error(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", $"The activity is larger than {most} bytes. Send less.");

    public static IResult TextTooLong(int most) => Error(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", $"The text is longer than {most} characters. Send less.");

    public static IResult BadArgument(string message) => Error(StatusCodes.Status400BadRequest, "BadArgument", message);

    public static IResult MissingProperty(string message) => Error(StatusCodes.Status400BadRequest, "MissingProperty", message);

    public static IResult NoUploads => Error(StatusCodes.Status415UnsupportedMediaType, "BadArgument", "This bot takes no files. Send the text as an activity.");

    public static object Body(string code, string message) => new { error = new { code, message } };

    private static IResult Error(int status, string code, string message) => Results.Json(Body(code, message), statusCode: status);
}
