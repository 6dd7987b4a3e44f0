using System.Text.Json;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Viewing.Answers;
using Microsoft.AspNetCore.Http;
using Spectre.Console;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>Answers requests: the page's files as they are, everything else as the album has it, and problems in JSON.</summary>
/// <param name="album">The pictures.</param>
/// <param name="console">Told of bugs.</param>
/// <param name="stop">Cancels what is under way when the viewer ends.</param>
internal sealed class Answering(Album album, ToolConsole console, CancellationToken stop)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="port">The viewer's port.</param>
    public async Task AnswerAsync(HttpContext context, int port)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        try
        {
            RequestGuard.Restrict(context.Response);
            RequestGuard.Check(context.Request, port);
            await RouteAsync(context, cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Overtaken by a newer request, or the viewer ends: nobody reads the answer.
            context.Abort();
        }
        catch (Exception problem)
        {
            await ReportAsync(context, problem).ConfigureAwait(false);
        }
    }

    private async Task RouteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        string[] steps = context.Request.Path.ToString().TrimStart('/').Split('/');
        var query = new ViewQuery(context.Request.Query);
        switch (steps)
        {
            case ["api", "pictures"]:
                await response.WriteAsJsonAsync(album.Describe(), Json, cancellationToken).ConfigureAwait(false);
                break;
            case ["api", "pictures", var number, "picture"]:
                await PictureBytes.SendAsync(album.Picture(number), response, cancellationToken).ConfigureAwait(false);
                break;
            case ["api", "pictures", var number, "mask"]:
                await response.WriteAsJsonAsync(
                    await album.MaskAsync(number, query.Threshold, cancellationToken).ConfigureAwait(false), Json, cancellationToken).ConfigureAwait(false);
                break;
            case ["api", "pictures", var number, "mask.png"]:
                response.ContentType = "image/png";
                response.Headers.ContentDisposition = "attachment; filename=\"mask.png\"";
                await response.Body.WriteAsync(
                    await album.MaskFileAsync(number, query.Threshold, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                break;
            case ["api", "pictures", var number, "stored"]:
                await response.WriteAsJsonAsync(album.StoredMask(number), Json, cancellationToken).ConfigureAwait(false);
                break;
            case ["api", "pictures", var number, "point"]:
                await response.WriteAsJsonAsync(
                    await album.PointAsync(number, query.Points, cancellationToken).ConfigureAwait(false), Json, cancellationToken).ConfigureAwait(false);
                break;
            case [var name] when PageFiles.Find(name) is (var type, var bytes):
                await using (bytes)
                {
                    response.ContentType = type;
                    response.ContentLength = bytes.Length;
                    await bytes.CopyToAsync(response.Body, cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new ViewProblem(StatusCodes.Status404NotFound, "There is no such page.");
        }
    }

    private async Task ReportAsync(HttpContext context, Exception problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        (int status, string message) = problem switch
        {
            ViewProblem known => (known.Status, known.Message),

            // What a picture or its attention can have wrong; the others are not affected.
            ArgumentException or IOException or UnauthorizedAccessException or InvalidOperationException or OutOfMemoryException =>
                (StatusCodes.Status422UnprocessableEntity, FailureText.Of(problem)),
            _ => (StatusCodes.Status500InternalServerError, $"This is a bug in diffseg: {problem.Message}"),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            console.WriteError("this is a bug in diffseg; please report it with the lines below.");
            console.Error.WriteLine(problem.ToString());
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new ProblemAnswer(message), Json, CancellationToken.None).ConfigureAwait(false);
    }
}
