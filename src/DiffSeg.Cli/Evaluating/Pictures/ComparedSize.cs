using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.DataSets;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Evaluating.Pictures;

/// <summary>What of each picture is compared, and at what size.</summary>
/// <param name="Fit">Whether the centre square or all of it.</param>
internal sealed record ComparedSize(ImageFit Fit)
{
    /// <summary>The part of a picture that is compared.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public (int Top, int Left, int Height, int Width) Part(int height, int width) => Geometry(null).Covered(height, width);

    /// <summary>What is done to the label maps.</summary>
    /// <param name="size">The side that is compared at; null for the picture's own size.</param>
    public LabelMapGeometry Geometry(int? size) =>
        Fit == ImageFit.Crop ? LabelMapGeometry.CentreSquare(size) : LabelMapGeometry.Original;

    /// <summary>Rows and columns of a mask.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="part">The part of the picture that is compared.</param>
    public static (int Height, int Width) Of(EvalSetting setting, (int Top, int Left, int Height, int Width) part) =>
        setting.Size is { } side ? (side, side) : (part.Height, part.Width);
}
