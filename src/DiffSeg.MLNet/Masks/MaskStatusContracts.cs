using DiffSeg.MLNet.Saving;
using Microsoft.ML.Transforms;

namespace DiffSeg.MLNet.Masks;

/// <summary>As <see cref="MaskContract"/>, with a status in place of exceptions.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class MaskStatusContract : CustomMappingFactory<SavedMaskInput, SavedStatusMaskOutput>
{
    public const string Name = "DiffSeg.MaskStatus.v1";

    public static void Map(SavedMaskInput input, SavedStatusMaskOutput output)
    {
        input.Row ??= new SavedMaskRow(input.Settings);
        output.Take(input.Row.TryCompute(input, null, "", out string status), status);
    }

    public override Action<SavedMaskInput, SavedStatusMaskOutput> GetMapping() => Map;
}

/// <summary>As <see cref="PictureMaskContract"/>, with a status in place of exceptions.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class PictureMaskStatusContract : CustomMappingFactory<SavedPictureStatusMaskInput, SavedStatusMaskOutput>
{
    public const string Name = "DiffSeg.PictureMaskStatus.v1";

    static PictureMaskStatusContract() => PictureColumns.Register();

    public static void Map(SavedPictureStatusMaskInput input, SavedStatusMaskOutput output)
    {
        input.Row ??= new SavedMaskRow(input.Settings);
        output.Take(input.Row.TryCompute(input, input.Picture, input.PictureStatus, out string status), status);
    }

    public override Action<SavedPictureStatusMaskInput, SavedStatusMaskOutput> GetMapping() => Map;
}
