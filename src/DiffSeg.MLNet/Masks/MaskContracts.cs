using DiffSeg.MLNet.Saving;
using Microsoft.ML.Transforms;

namespace DiffSeg.MLNet.Masks;

/// <summary>The computing member of the saved form of a mask transformer without the original picture.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class MaskContract : CustomMappingFactory<SavedMaskInput, SavedMaskOutput>
{
    public const string Name = "DiffSeg.Mask.v1";

    public static void Map(SavedMaskInput input, SavedMaskOutput output)
        => output.Take((input.Row ??= new SavedMaskRow(input.Settings)).Compute(input, null));

    public override Action<SavedMaskInput, SavedMaskOutput> GetMapping() => Map;
}

/// <summary>The same with the original picture.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class PictureMaskContract : CustomMappingFactory<SavedPictureMaskInput, SavedMaskOutput>
{
    public const string Name = "DiffSeg.PictureMask.v1";

    static PictureMaskContract() => PictureColumns.Register();

    public static void Map(SavedPictureMaskInput input, SavedMaskOutput output)
        => output.Take((input.Row ??= new SavedMaskRow(input.Settings)).Compute(input, input.Picture));

    public override Action<SavedPictureMaskInput, SavedMaskOutput> GetMapping() => Map;
}
