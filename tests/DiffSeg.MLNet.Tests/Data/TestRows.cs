using DiffSeg.Onnx;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Data;

/// <summary>A row of attention at two resolutions, with the picture that it is said to come from.</summary>
internal sealed class AttentionRow
{
    public string Name { get; set; } = "";

    [VectorType(256, 256)]
    public float[] Fine { get; set; } = [];

    [VectorType(64, 64)]
    public float[] Coarse { get; set; } = [];

    /// <summary>The attention of <see cref="Fine"/> without a known size.</summary>
    [VectorType]
    public float[] Loose { get; set; } = [];

    [ImageType(TestData.PictureHeight, TestData.PictureWidth)]
    public MLImage? Picture { get; set; }
}

/// <summary>A row with a picture in memory and a mask for it.</summary>
internal sealed class PictureRow
{
    public string Name { get; set; } = "";

    [ImageType(TestData.PictureHeight, TestData.PictureWidth)]
    public MLImage? Picture { get; set; }

    [VectorType(TestData.MaskHeight, TestData.MaskWidth)]
    public ushort[] Labels { get; set; } = [];
}

/// <summary>A row with the path of a picture.</summary>
internal sealed class PathRow
{
    public string ImagePath { get; set; } = "";
}

/// <summary>A row with the pixels that the demo model takes.</summary>
internal sealed class PixelRow
{
    public const int Side = 512;

    public string Name { get; set; } = "";

    public float[] Values { get; set; } = [];

    /// <summary>The pixels stand in the column of the demo model's input.</summary>
    public static SchemaDefinition Schema()
    {
        var definition = SchemaDefinition.Create(typeof(PixelRow));
        SchemaDefinition.Column values = definition[nameof(Values)];
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, Side, Side);
        values.ColumnName = AttentionModel.Demo.InputName;
        return definition;
    }
}
