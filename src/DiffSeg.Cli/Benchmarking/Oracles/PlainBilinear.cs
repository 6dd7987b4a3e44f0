using System.Numerics.Tensors;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>Bilinear resizing as the published code asks Keras for it: half-pixel centres, no antialias, edge clamp.</summary>
internal sealed class PlainBilinear
{
    private readonly (int First, int Second, float Share)[] _rows;
    private readonly (int First, int Second, float Share)[] _columns;
    private readonly int _height;
    private readonly int _width;

    /// <summary>Prepares for maps of one size.</summary>
    public PlainBilinear(int height, int width, int outputHeight, int outputWidth)
    {
        (_height, _width) = (height, width);
        _rows = Axis(height, outputHeight);
        _columns = Axis(width, outputWidth);
    }

    /// <summary>Resizes one map.</summary>
    /// <param name="map">Values [height, width].</param>
    /// <param name="result">Values [outputHeight, outputWidth].</param>
    public void Resize(ReadOnlySpan<float> map, Span<float> result)
    {
        int width = _columns.Length;
        float[] wide = new float[_height * width];
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<float> row = map.Slice(y * _width, _width);
            Span<float> stretched = wide.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                (int first, int second, float share) = _columns[x];
                stretched[x] = (row[first] * (1 - share)) + (row[second] * share);
            }
        }

        for (int y = 0; y < _rows.Length; y++)
        {
            (int first, int second, float share) = _rows[y];
            TensorPrimitives.Lerp(
                wide.AsSpan(first * width, width), wide.AsSpan(second * width, width), share, result.Slice(y * width, width));
        }
    }

    private static (int First, int Second, float Share)[] Axis(int input, int output) =>
    [
        .. Enumerable.Range(0, output).Select(i =>
        {
            double at = Math.Clamp(((i + 0.5) * input / output) - 0.5, 0, input - 1);
            int first = (int)at;
            return (first, Math.Min(first + 1, input - 1), (float)(at - first));
        }),
    ];
}
