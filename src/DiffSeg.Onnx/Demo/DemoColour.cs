using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Demo;

/// <summary>sRGB to CIELAB (D65), scaled by (1/100, 1/80, 1/80) and weighted (1, 2, 2), as ONNX operators.</summary>
internal static class DemoColour
{
    // Both transfer curves are a power above a knee and a line below. Written as power(max(x, knee)) + line(min(x,
    // knee)) they need no Where, and powers as exp(a log x), which ONNX Runtime vectorises and Pow it does not.
    private const double SrgbKnee = 0.04045;
    private const double SrgbSlope = 1 / 12.92;
    private const double LabKnee = 216.0 / 24389;
    private const double LabSlope = 841.0 / 108;
    private const double LabOffset = 4.0 / 29;

    /// <summary>Linear sRGB to X, Y, Z, each row divided by its sum: relative to white.</summary>
    private static readonly double[,] RelativeXyz =
    {
        { 0.4124564, 0.3575761, 0.1804375 },
        { 0.2126729, 0.7151522, 0.0721750 },
        { 0.0193339, 0.1191920, 0.9503041 },
    };

    // L / 100, 2 a / 80 and 2 b / 80 of f' = f - 4/29, which makes L = 116 f'(Y) and black the origin.
    private static readonly float[] Lab =
    [
        0, 1.16f, 0,
        12.5f, -12.5f, 0,
        0, 5, -5,
    ];

    /// <summary>Images [pictures, 3, H, W] in [-1, 1] to features [pictures, 3, H, W].</summary>
    public static Value WeightedLab(Value image)
    {
        GraphBuilder graph = image.Graph;
        Value xyz = Linear(image).Conv(graph.Constant("srgb_to_xyz", WhiteIsOne(), 3, 3, 1, 1));
        return Compressed(xyz).Conv(graph.Constant("xyz_to_lab", Lab, 3, 3, 1, 1));
    }

    private static Value Linear(Value image)
    {
        const double Knee = 2 * SrgbKnee - 1; // on the image's scale, x = (image + 1) / 2
        Value power = ((image.AtLeast(Knee) * (0.5 / 1.055) + (0.5 + 0.055) / 1.055).Log() * 2.4).Exp();
        Value line = (image.AtMost(Knee).AtLeast(-1) + -Knee) * (SrgbSlope / 2);
        return power + line;
    }

    private static Value Compressed(Value xyz)
    {
        Value power = (xyz.AtLeast(LabKnee).Log() * (1.0 / 3)).Exp();
        Value line = xyz.AtMost(LabKnee) * LabSlope + -(LabKnee * LabSlope + LabOffset);
        return power + line;
    }

    private static float[] WhiteIsOne()
    {
        var matrix = new float[9];
        for (int row = 0; row < 3; row++)
        {
            double sum = RelativeXyz[row, 0] + RelativeXyz[row, 1] + RelativeXyz[row, 2];
            for (int column = 0; column < 3; column++)
            {
                matrix[row * 3 + column] = (float)(RelativeXyz[row, column] / sum);
            }
        }

        return matrix;
    }
}
