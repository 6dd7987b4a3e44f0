using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Images;

/// <summary>What the saved form of loaded pictures reads; one object serves all rows of a cursor.</summary>
internal sealed class SavedPictureFileInput
{
    public const string PathColumn = SavedForm.Prefix + "Path";

    [ColumnName(SavedForm.Settings)]
    public string Settings { get; set; } = "";

    [ColumnName(PathColumn)]
    public string Path { get; set; } = "";

    internal PictureLoader? Loader { get; set; }

    internal MLImage? Last { get; set; }
}

/// <summary>What it gives.</summary>
internal sealed class SavedPictureFileOutput
{
    public const string ImageColumn = SavedForm.Prefix + "OutputImage";
    public const string StatusColumn = SavedForm.Prefix + "OutputStatus";

    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }

    [ColumnName(StatusColumn)]
    public string Status { get; set; } = "";
}

/// <summary>The loading member of the saved form.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class PictureFileContract : CustomMappingFactory<SavedPictureFileInput, SavedPictureFileOutput>
{
    public const string Name = "DiffSeg.PictureFile.v1";

    static PictureFileContract() => PictureColumns.Register();

    public static void Map(SavedPictureFileInput input, SavedPictureFileOutput output)
    {
        input.Loader ??= new PictureLoader(SavedForm.Parse<PictureLoadingSettings>(input.Settings));
        input.Last?.Dispose();
        input.Last = null;
        try
        {
            input.Last = input.Loader.Load(input.Path, out string status);
            (output.Picture, output.Status) = (input.Last, status);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            // No step of ML.NET's that comes after knows which picture it was.
            throw SegmentationException.Of(null, input.Path, cause);
        }
    }

    public override Action<SavedPictureFileInput, SavedPictureFileOutput> GetMapping() => Map;
}
