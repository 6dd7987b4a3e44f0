using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.AspNetCore.Http;

/// <summary>The status of a request whose picture is bad.</summary>
internal static class PictureStatus
{
    /// <summary>The status for a fault; null for a whole picture that cannot be segmented.</summary>
    public static int Of(PictureFault? fault) => fault switch
    {
        null => StatusCodes.Status422UnprocessableEntity,
        PictureFault.TooLarge => StatusCodes.Status413PayloadTooLarge,
        PictureFault.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status400BadRequest,
    };
}
