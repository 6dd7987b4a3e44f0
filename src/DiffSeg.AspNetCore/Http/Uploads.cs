using System.IO.Pipelines;
using DiffSeg.AspNetCore.Pool;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DiffSeg.AspNetCore.Http;

/// <summary>Takes pictures in, so many at once, so large and so slow as may be.</summary>
internal sealed class Uploads(IOptions<SegmentationServiceOptions> options)
{
    private readonly SegmentationServiceOptions _options = options.Value;
    private int _underWay;

    /// <summary>Looks at what a request promises, before anything of its picture is read.</summary>
    /// <exception cref="RequestProblem">It is refused.</exception>
    public void Check(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !(type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestProblem(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be a picture and the header Content-Type say so, such as image/jpeg or image/png.");
        }

        if (request.Headers.ContentEncoding.Any(coding => coding is not "identity"))
        {
            throw new RequestProblem(
                StatusCodes.Status415UnsupportedMediaType, "The picture must come as it is, with no Content-Encoding.");
        }

        if (request.ContentLength > _options.Limits.MaxFileBytes)
        {
            throw PictureBuffer.TooLarge(_options.Limits.MaxFileBytes);
        }
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="request">The request, checked.</param>
    /// <param name="retryAfter">What clients are told when there are too many.</param>
    /// <exception cref="RequestProblem">There are too many, or it comes too slowly.</exception>
    /// <exception cref="PictureRefusedException">It is too large.</exception>
    /// <exception cref="BadHttpRequestException">It is cut off, or no HTTP.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<PictureBuffer> ReadAsync(HttpRequest request, TimeSpan retryAfter)
    {
        if (Interlocked.Increment(ref _underWay) > _options.MaxUploads)
        {
            Interlocked.Decrement(ref _underWay);
            throw RequestProblem.Busy(retryAfter);
        }

        CancellationToken gone = request.HttpContext.RequestAborted;
        using var deadline = new CancellationTokenSource(_options.UploadTimeout);

        // The pipe's own way to stop reading: after a token's, Kestrel finds it in the midst of a read and logs an error.
        using CancellationTokenRegistration stopping = deadline.Token.UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        try
        {
            // The server's own limit is for other end points.
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = _options.Limits.MaxFileBytes;
            }

            return await PictureBuffer.ReadAsync(request.BodyReader, _options.Limits.MaxFileBytes, gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new RequestProblem(
                StatusCodes.Status408RequestTimeout, $"The picture has not come within {_options.UploadTimeout.TotalSeconds} seconds.");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
