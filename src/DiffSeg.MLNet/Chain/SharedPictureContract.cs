using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Chain;

/// <summary>What the saved form of a shared picture reads; one object serves all rows of a cursor.</summary>
internal sealed class SavedPictureInput
{
    public const string ImageColumn = SavedForm.Prefix + "Image";

    [ColumnName(SavedForm.Settings)]
    public string Settings { get; set; } = "";

    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }

    internal SharedPicture? Shared { get; set; }
}

/// <summary>What it gives.</summary>
internal sealed class SavedPictureOutput
{
    public const string ImageColumn = SavedForm.Prefix + "OutputImage";

    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }
}

/// <summary>The computing member of the saved form.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class SharedPictureContract : CustomMappingFactory<SavedPictureInput, SavedPictureOutput>
{
    public const string Name = "DiffSeg.SharedPicture.v1";

    static SharedPictureContract() => PictureColumns.Register();

    public static void Map(SavedPictureInput input, SavedPictureOutput output)
    {
        input.Shared ??= new SharedPicture(SavedForm.Parse<SharedPictureSettings>(input.Settings));
        output.Picture = input.Shared.Take(input.Picture);
    }

    public override Action<SavedPictureInput, SavedPictureOutput> GetMapping() => Map;
}
