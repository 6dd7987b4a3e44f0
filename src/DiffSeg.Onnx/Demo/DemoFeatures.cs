using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Demo;

/// <summary>
/// The demo model's features: weighted CIELAB (<see cref="DemoColour"/>) as box means, and three measures of texture on
/// L under a Gaussian window: mean absolute horizontal and vertical gradient, and standard deviation. Rows and columns
/// that are black from end to end are padding and count for nothing, so that black bars do not bleed into the picture.
/// </summary>
internal sealed class DemoFeatures
{
    /// <summary>Features of a token: L, a, b, two gradients, deviation.</summary>
    public const int Count = 6;

    private const int FinestSide = 64;
    private const int Cell = DemoAttentionModel.ImageSide / FinestSide;
    private const double Sigma = 4;
    private const double GradientWeight = 0.6;
    private const double DeviationWeight = 2;

    // The square root of a flat surface's variance would magnify float32 noise: a floor of two steps of L tames it.
    private const double VarianceFloor = 4e-4;

    // Half a grey level above black, on the input's scale of [-1, 1].
    private const double DarkestPicture = -1 + 1 / 255.0;

    private readonly Value _finest;
    private readonly Value _rows;
    private readonly Value _columns;

    private DemoFeatures(Value finest, Value rows, Value columns) => (_finest, _rows, _columns) = (finest, rows, columns);

    public static DemoFeatures Of(Value image)
    {
        GraphBuilder graph = image.Graph;
        Value brightest = image.Max(1);
        Value litRows = Lit(brightest.Max(2));
        Value litColumns = Lit(brightest.Max(1));

        Value lab = DemoColour.WeightedLab(image);
        Value boxes = graph.Constant("boxes", DemoWindows.Boxes(DemoAttentionModel.ImageSide, Cell), FinestSide, DemoAttentionModel.ImageSide);
        Value colour = Mean(lab, boxes, litRows, litColumns);

        Value lightness = Pick(lab, 0) + -0.5; // about 0, where E[L²] - E[L]² loses least
        Value gradients = Gradients(lightness).Abs();
        Value texture = lightness.Concat(1, lightness * lightness, gradients);
        Value windows = graph.Constant("windows", DemoWindows.Gaussian(DemoAttentionModel.ImageSide, Cell, Sigma), FinestSide, DemoAttentionModel.ImageSide);
        Value smooth = Mean(texture, windows, litRows, litColumns);
        Value mean = Pick(smooth, 0);
        Value variance = Pick(smooth, 1) - mean * mean;
        Value deviation = (variance.AtLeast(0) + VarianceFloor).Sqrt();

        Value finest = colour.Concat(1, Pick(smooth, 2) * GradientWeight, Pick(smooth, 3) * GradientWeight, deviation * DeviationWeight);
        return new DemoFeatures(finest, LitCells(boxes, litRows), LitCells(boxes, litColumns));
    }

    /// <summary>Features [pictures, 6, side, side].</summary>
    public Value At(int side)
    {
        if (side == FinestSide)
        {
            return _finest;
        }

        Value boxes = _finest.Graph.Constant($"boxes_{side}", DemoWindows.Boxes(FinestSide, FinestSide / side), side, FinestSide);
        return Mean(_finest, boxes, _rows, _columns);
    }

    /// <summary>Which rows or columns of each picture are not black, by their brightest values [pictures, length]: [pictures, 1, 1, length].</summary>
    private static Value Lit(Value brightest) => brightest.IsAbove(DarkestPicture).Reshape([-1, 1, 1, DemoAttentionModel.ImageSide]);

    /// <summary>Central differences [pictures, 2, H, W]: along x, along y.</summary>
    private static Value Gradients(Value lightness)
    {
        GraphBuilder graph = lightness.Graph;
        Value kernels = graph.Constant(
            "central_differences",
            [0, 0, 0, -0.5f, 0, 0.5f, 0, 0, 0, /* */ 0, -0.5f, 0, 0, 0, 0, 0, 0.5f, 0],
            2, 1, 3, 3);
        return lightness.PadWithEdge(graph.Integers("one_around", 0, 0, 1, 1, 0, 0, 1, 1)).Conv(kernels);
    }

    /// <summary>Weighted mean of each channel under separable windows, [side, pixels] each, over what is lit.</summary>
    private static Value Mean(Value channels, Value windows, Value litRows, Value litColumns) =>
        Normalised(windows * litRows).MatMul(channels.MatMul(Normalised(windows * litColumns).Transpose([0, 1, 3, 2])));

    private static Value Normalised(Value windows) => windows / windows.Sum(windows.Graph.Index(-1)).AtLeast(1e-6);

    private static Value LitCells(Value boxes, Value lit) => lit.MatMul(boxes.Transpose()).IsAbove(0);

    private static Value Pick(Value channels, int index)
    {
        GraphBuilder graph = channels.Graph;
        return channels.Slice(graph.Index(index), graph.Index(index + 1), graph.Index(1));
    }
}
