using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace DiffSeg.AspNetCore.Http;

/// <summary>What a mask is answered as.</summary>
internal sealed class AnswerKind
{
    private const string Png = "image/png";
    private const string Json = "application/json";
    private readonly Action<Stream, Segmentation> _write;

    private AnswerKind(string mediaType, Action<Stream, Segmentation> write) => (MediaType, _write) = (mediaType, write);

    /// <summary>A PNG whose pixel values are the labels.</summary>
    public static AnswerKind Mask { get; } = new(
        Png, (stream, mask) => LabelPng.Write(stream, mask.Labels, mask.Height, mask.Width));

    /// <summary>A COCO file of one picture: run lengths, area and box of each segment.</summary>
    public static AnswerKind Coco { get; } = new(Json, WriteCoco);

    /// <summary>A PNG of the picture with the mask painted over it.</summary>
    public static AnswerKind Overlay { get; } = new(Png, WriteOverlay);

    /// <summary>Its content type.</summary>
    public string MediaType { get; }

    /// <summary>The kind that a client likes best.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="kinds">The kinds that there are; the first one where the client does not mind.</param>
    /// <exception cref="RequestProblem">The client takes none of them.</exception>
    public static AnswerKind Chosen(RequestHeaders headers, params ReadOnlySpan<AnswerKind> kinds)
    {
        if (headers.Accept.Count == 0)
        {
            return kinds[0];
        }

        // Of two of the same quality the more precise one counts, as */* comes with most programs.
        AnswerKind[] all = [.. kinds];
        return all
            .Select(kind => (Kind: kind, Accepted: Accepting(kind, headers.Accept)))
            .Where(answer => answer.Accepted is { Quality: not 0 })
            .OrderByDescending(answer => answer.Accepted!, MediaTypeHeaderValueComparer.QualityComparer)
            .FirstOrDefault().Kind
            ?? throw new RequestProblem(
                StatusCodes.Status406NotAcceptable, $"The answer is {string.Join(" or ", all.Select(kind => kind.MediaType))}; accept it.");
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="mask">The mask.</param>
    /// <returns>Its bytes, from the beginning of the stream.</returns>
    public MemoryStream Write(Segmentation mask)
    {
        var stream = new MemoryStream();
        _write(stream, mask);
        return stream;
    }

    // What is said of a type itself counts more than what is said of all types (RFC 9110, 12.5.1).
    private static MediaTypeHeaderValue? Accepting(AnswerKind kind, IList<MediaTypeHeaderValue> accept)
    {
        var type = new MediaTypeHeaderValue(kind.MediaType);
        return accept.Where(type.IsSubsetOf).MinBy(range => (range.MatchesAllTypes, range.MatchesAllSubTypes));
    }

    private static void WriteCoco(Stream stream, Segmentation mask)
    {
        using var writer = new CocoWriter(stream, "Zero-shot segments by DiffSeg.");
        writer.Add("picture", mask.Labels, mask.Height, mask.Width);
        writer.Complete();
    }

    private static void WriteOverlay(Stream stream, Segmentation mask)
    {
        Picture picture = mask.Picture!;
        byte[] painted = new byte[picture.Pixels.Length];
        MaskOverlay.Paint(picture.Pixels.Span, mask.Labels, mask.Height, mask.Width, picture.Order, painted);
        PicturePng.Write(stream, painted, mask.Height, mask.Width, picture.Order);
    }
}
