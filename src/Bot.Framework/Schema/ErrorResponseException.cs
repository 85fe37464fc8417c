#nullable disable
using System.Net;

namespace Microsoft.Bot.Schema;

/// <summary>A channel refused a call. (Officially a Microsoft.Rest exception, which bot code does not name.)</summary>
internal sealed class ErrorResponseException : Exception
{
    public ErrorResponseException()
    {
    }

    public ErrorResponseException(string message)
        : base(message)
    {
    }

    public ErrorResponseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the channel said, or null when it said nothing that can be read.</summary>
    public ErrorResponse Body { get; set; }

    internal HttpStatusCode StatusCode { get; init; }
}
