using Microsoft.AspNetCore.Http;

namespace DiffSeg.AspNetCore.Http;

/// <summary>A request that is answered with a problem.</summary>
/// <param name="status">The status.</param>
/// <param name="message">What is wrong and what to do, in whole sentences.</param>
internal sealed class RequestProblem(int status, string message) : Exception(message)
{
    /// <summary>The status.</summary>
    public int Status => status;

    /// <summary>When to ask again; null where that is no use.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>No more uploads at present.</summary>
    public static RequestProblem Busy(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "The service has as many pictures as it can take; ask again later.") { RetryAfter = retryAfter };
}
