using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Sam2;

/// <summary>What SAM 2 does to a picture before its encoder: from each channel in [0, 1] ImageNet's mean is taken off, and the rest divided by its deviation.</summary>
internal static class ImageNormalisation
{
    /// <summary>Red, green, blue.</summary>
    public static ReadOnlySpan<double> Mean => [0.485, 0.456, 0.406];

    /// <summary>Red, green, blue.</summary>
    public static ReadOnlySpan<double> Deviation => [0.229, 0.224, 0.225];

    /// <summary>Appends it for an image [1, 3, height, width] in [-1, 1].</summary>
    public static Value Append(Value image)
    {
        var scale = new float[3];
        var offset = new float[3];
        for (int channel = 0; channel < 3; channel++)
        {
            // ((x + 1) / 2 - mean) / deviation
            scale[channel] = (float)(0.5 / Deviation[channel]);
            offset[channel] = (float)((0.5 - Mean[channel]) / Deviation[channel]);
        }

        GraphBuilder graph = image.Graph;
        return (image * graph.Once("image_scale", scale, 1, 3, 1, 1)) + graph.Once("image_offset", offset, 1, 3, 1, 1);
    }
}
