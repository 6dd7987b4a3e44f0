using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

// Rows whose column x feeds a tiny model.

internal sealed class OnnxRow
{
    [ColumnName("x")]
    [VectorType(4)]
    public float[] X { get; set; } = [0, 0, 0, 0];

    public string? Name { get; set; }
}

internal sealed class CountingOnnxRow
{
    [NoColumn]
    public int Reads { get; private set; }

    [ColumnName("x")]
    [VectorType(4)]
    public float[] X
    {
        get
        {
            Reads++;
            return [1, 2, 3, 4];
        }
    }
}

internal sealed class OpenOnnxRow
{
    [ColumnName("x")]
    public float[]? X { get; set; }
}

internal sealed class ScalarOnnxRow
{
    [ColumnName("x")]
    public float X { get; set; }
}

internal sealed class DoubleOnnxRow
{
    [ColumnName("x")]
    [VectorType(4)]
    public double[]? X { get; set; }
}

internal sealed class RowWithoutTensor
{
    public string? Name { get; set; }
}

internal sealed class OnnxResult
{
    [ColumnName("square")]
    public float[] Square { get; set; } = [];
}
