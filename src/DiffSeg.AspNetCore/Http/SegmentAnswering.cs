using DiffSeg.AspNetCore.Pool;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DiffSeg.AspNetCore.Http;

/// <summary>Answers requests with a picture: its mask, or a problem.</summary>
internal sealed partial class SegmentAnswering(
    SegmentationPool pool,
    Uploads uploads,
    IOptions<SegmentationServiceOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<SegmentAnswering> logger)
{
    private readonly SegmentationServiceOptions _options = options.Value;

    /// <summary>Answers with the mask, or with its COCO file where the client likes that better.</summary>
    public Task MaskAsync(HttpContext context) =>
        AnswerAsync(context, () => AnswerKind.Chosen(context.Request.GetTypedHeaders(), AnswerKind.Mask, AnswerKind.Coco));

    /// <summary>Answers with the mask painted over the picture.</summary>
    public Task OverlayAsync(HttpContext context) =>
        AnswerAsync(context, () => AnswerKind.Chosen(context.Request.GetTypedHeaders(), AnswerKind.Overlay));

    private async Task AnswerAsync(HttpContext context, Func<AnswerKind> choose)
    {
        CancellationToken gone = context.RequestAborted;
        try
        {
            AnswerKind kind = choose();
            using MemoryStream answer = await SegmentAsync(context.Request, kind).ConfigureAwait(false);
            HttpResponse response = context.Response;
            response.ContentType = kind.MediaType;
            response.ContentLength = answer.Length;
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            await response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), gone).ConfigureAwait(false);
        }
        catch (Exception problem) when (gone.IsCancellationRequested && problem is (OperationCanceledException or IOException))
        {
            // Nobody reads it; logs and metrics do.
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            await ReportAsync(context, problem).ConfigureAwait(false);
        }
    }

    // The cheap checks first: what is refused costs no upload.
    private async Task<MemoryStream> SegmentAsync(HttpRequest request, AnswerKind kind)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw ProblemAnswer.Stopping;
        }

        DiffSegOptions settings = SegmentQuery.Read(request.Query, pool.Options);
        uploads.Check(request);
        pool.CheckRoom();

        CancellationToken gone = request.HttpContext.RequestAborted;
        PictureBuffer picture = await uploads.ReadAsync(request, pool.RetryAfter).ConfigureAwait(false);
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(gone);
        deadline.CancelAfter(_options.Timeout);
        CancellationToken end = deadline.Token;
        Task<MemoryStream> work = pool.RunAsync(picture.Memory, settings, kind.Write, end);

        // The picture is the worker's until its work stops, which may be long after nobody waits for it any more.
        _ = work.ContinueWith(
            _ =>
            {
                picture.Dispose();
                deadline.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await work.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new RequestProblem(
                StatusCodes.Status503ServiceUnavailable, $"The picture was given up after {_options.Timeout.TotalSeconds} seconds; ask again later.")
            { RetryAfter = pool.RetryAfter };
        }
    }

    private Task ReportAsync(HttpContext context, Exception problem)
    {
        if (ProblemAnswer.Of(problem) is { } told)
        {
            return ProblemAnswer.SendAsync(context.Response, told);
        }

        Failed(problem, context.Request.Path);
        return ProblemAnswer.SendAsync(context.Response, new RequestProblem(
            StatusCodes.Status500InternalServerError, "The service failed, through no fault of the picture; its log says why."));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A picture posted to {path} failed.")]
    private partial void Failed(Exception problem, PathString path);
}
