using DiffSeg.MLNet.Images;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Chain;

/// <summary>
/// A row's picture, read once for all steps that need it. LoadImages decodes its file again for each of them, and
/// ResizeImages hands a picture that has the right size already on uncopied, to be disposed by ExtractPixels: such a
/// picture may be the caller's own, so a copy is handed on.
/// </summary>
internal sealed class SharedPicture(SharedPictureSettings settings) : IDisposable
{
    private MLImage? _copy;

    /// <summary>The picture to share, valid until the next one is taken.</summary>
    public MLImage Take(MLImage? picture)
    {
        Dispose();
        if (picture is null)
        {
            _copy = MissingPicture.Make();
        }
        else if (picture.Height == settings.ModelHeight && picture.Width == settings.ModelWidth)
        {
            _copy = MLImage.CreateFromPixels(picture.Width, picture.Height, picture.PixelFormat, picture.Pixels);
        }

        return _copy ?? picture!;
    }

    /// <summary>Gives the memory of the last picture back, where it was a copy.</summary>
    public void Dispose()
    {
        _copy?.Dispose();
        _copy = null;
    }
}
