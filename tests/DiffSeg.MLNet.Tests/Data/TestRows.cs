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
