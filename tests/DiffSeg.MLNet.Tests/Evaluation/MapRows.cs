using DiffSeg.Evaluation;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Evaluation;

/// <summary>A mask and a label map of sizes that the columns' types tell.</summary>
internal sealed class SizedRow
{
    public const int Height = 6;
    public const int Width = 8;

    [VectorType(Height, Width)]
    public ushort[] Mask { get; set; } = [];

    [VectorType(Height, Width)]
    public ushort[] Label { get; set; } = [];

    /// <summary>Rows of random regions, of two classes and some pixels without one.</summary>
    public static SizedRow[] Random(int count)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, count).Select(_ => new SizedRow
        {
            Mask = [.. Enumerable.Range(0, Height * Width).Select(_ => (ushort)random.Next(4))],
            Label = [.. Enumerable.Range(0, Height * Width).Select(
                _ => random.Next(5) is > 0 and var c ? (ushort)(c % 2) : LabelMap.Ignored)],
        })];
    }
}

/// <summary>A mask and a label map of sizes of their own in each row.</summary>
internal sealed class LooseRow
{
    [VectorType]
    public ushort[] Mask { get; set; } = [];

    public int MaskHeight { get; set; }

    public int MaskWidth { get; set; }

    [VectorType]
    public ushort[] Label { get; set; } = [];

    public int LabelHeight { get; set; }

    public int LabelWidth { get; set; }

    public static LooseRow Of(int maskHeight, int maskWidth, int labelHeight, int labelWidth, int annotators = 1) => new()
    {
        Mask = [.. Enumerable.Range(0, maskHeight * maskWidth).Select(i => (ushort)(i % maskWidth * 2 / maskWidth))],
        MaskHeight = maskHeight,
        MaskWidth = maskWidth,
        Label = [.. Enumerable.Range(0, annotators * labelHeight * labelWidth)
            .Select(i => (ushort)(i % labelWidth * 2 / labelWidth))],
        LabelHeight = labelHeight,
        LabelWidth = labelWidth,
    };
}

/// <summary>Vectors without any size.</summary>
internal sealed class BareRow
{
    [VectorType]
    public ushort[] Mask { get; set; } = [];

    [VectorType]
    public ushort[] Label { get; set; } = [];
}

/// <summary>Two annotators of one image.</summary>
internal sealed class AnnotatedRow
{
    [VectorType(2, 2)]
    public ushort[] Mask { get; set; } = [];

    [VectorType(2, 2, 2)]
    public ushort[] Label { get; set; } = [];
}

/// <summary>Columns of other types than an evaluation reads.</summary>
internal sealed class OtherTypesRow
{
    [VectorType(4)]
    public float[] Numbers { get; set; } = new float[4];

    public ushort Number { get; set; }

    [VectorType(4)]
    public ushort[] Mask { get; set; } = new ushort[4];
}
