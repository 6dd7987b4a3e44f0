using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.AspNetCore.Http;

/// <summary>
/// Answers what the pool throws in end points of the application's own as MapDiffSeg's answer it, where the application has
/// UseExceptionHandler: a bad picture or a full queue is no fault of the service.
/// </summary>
internal sealed class PoolExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (PictureRefusedException or SegmentationQueueFullException) || ProblemAnswer.Of(exception) is not { } problem)
        {
            return false;
        }

        await ProblemAnswer.SendAsync(httpContext.Response, problem).ConfigureAwait(false);
        return true;
    }
}
