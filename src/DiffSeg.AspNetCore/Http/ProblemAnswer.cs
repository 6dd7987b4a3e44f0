using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.AspNetCore.Http;

/// <summary>Answers with problem details (RFC 9457).</summary>
internal static class ProblemAnswer
{
    /// <summary>What a request that went wrong is told.</summary>
    /// <param name="problem">What was thrown.</param>
    /// <returns>Null for what is not the client's to know: a bug or a fault of the machine.</returns>
    public static RequestProblem? Of(Exception problem) => problem switch
    {
        RequestProblem known => known,
        BadHttpRequestException bad => new RequestProblem(bad.StatusCode, bad.Message),
        SegmentationQueueFullException full => RequestProblem.Busy(full.RetryAfter),
        PictureRefusedException refused => new RequestProblem(PictureStatus.Of(refused.Fault), refused.Message),
        ObjectDisposedException { ObjectName: var closed } when closed == typeof(SegmentationPool).FullName => Stopping,
        ArgumentException { ParamName: nameof(DiffSegOptions.AnchorsPerSide) } wrong =>
            new RequestProblem(StatusCodes.Status422UnprocessableEntity, wrong.Message),
        _ => null,
    };

    /// <summary>The service is ending.</summary>
    public static RequestProblem Stopping =>
        new(StatusCodes.Status503ServiceUnavailable, "The service is shutting down; ask another one.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>Sends a problem, as the application's AddProblemDetails has it.</summary>
    /// <param name="response">Where to; nothing has been sent yet.</param>
    /// <param name="problem">The problem.</param>
    public static async Task SendAsync(HttpResponse response, RequestProblem problem)
    {
        response.Clear();
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } later)
        {
            response.Headers.RetryAfter = Math.Ceiling(later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status503ServiceUnavailable
            && HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol))
        {
            // What may still come of the upload is not worth waiting for.
            response.Headers.Connection = "close";
        }

        var details = new ProblemDetails
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(problem.Status),
            Status = problem.Status,
            Detail = problem.Message,
        };
        var context = new ProblemDetailsContext { HttpContext = response.HttpContext, ProblemDetails = details };
        var service = response.HttpContext.RequestServices.GetService<IProblemDetailsService>();
        if (service is null || !await service.TryWriteAsync(context).ConfigureAwait(false))
        {
            // The service leaves those alone who accept pictures only; they need the reason no less.
            await response.WriteAsJsonAsync(details, options: null, "application/problem+json", CancellationToken.None).ConfigureAwait(false);
        }
    }
}
