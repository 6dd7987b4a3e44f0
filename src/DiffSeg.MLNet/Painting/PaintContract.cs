using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Painting;

/// <summary>What the saved form of a painting transformer reads; one object serves all rows of a cursor.</summary>
internal sealed class SavedPaintingInput
{
    public const string ImageColumn = SavedForm.Prefix + "Image";
    public const string MaskColumn = SavedForm.Prefix + "Mask";
    public const string HeightColumn = SavedForm.Prefix + "Height";
    public const string WidthColumn = SavedForm.Prefix + "Width";

    [ColumnName(SavedForm.Settings)]
    public string Settings { get; set; } = "";

    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }

    [ColumnName(MaskColumn)]
    public VBuffer<ushort> Mask { get; set; }

    [ColumnName(HeightColumn)]
    public int Height { get; set; }

    [ColumnName(WidthColumn)]
    public int Width { get; set; }

    internal MaskPainter? Painter { get; set; }

    internal PaintSettings? Parsed { get; set; }

    internal DenseVector<ushort> Dense { get; } = new();
}

/// <summary>What it gives.</summary>
internal sealed class SavedPaintingOutput
{
    public const string ImageColumn = SavedForm.Prefix + "OutputImage";

    [ColumnName(ImageColumn)]
    [ImageType(1, 1)]
    public MLImage? Picture { get; set; }
}

/// <summary>The computing member of the saved form.</summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class PaintContract : CustomMappingFactory<SavedPaintingInput, SavedPaintingOutput>
{
    public const string Name = "DiffSeg.PaintMask.v1";

    static PaintContract() => PictureColumns.Register();

    public static void Map(SavedPaintingInput input, SavedPaintingOutput output)
    {
        PaintSettings settings = input.Parsed ??= SavedForm.Parse<PaintSettings>(input.Settings);
        MaskPainter painter = input.Painter ??= new MaskPainter(settings);
        if (input.Mask.Length == 0 || MissingPicture.IsMarked(input.Picture))
        {
            // A row that failed and says why in its status.
            output.Picture = null;
            return;
        }

        if (input.Picture is null)
        {
            throw NoPicture.In(settings.ImageColumn);
        }

        (int, int)? size = settings.MaskHeight > 0 ? (settings.MaskHeight, settings.MaskWidth)
            : input.Height > 0 ? (input.Height, input.Width) : null;
        output.Picture = painter.Paint(input.Picture, input.Dense.Of(input.Mask), size);
    }

    public override Action<SavedPaintingInput, SavedPaintingOutput> GetMapping() => Map;
}
