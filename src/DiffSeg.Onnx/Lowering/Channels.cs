using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>The two orders of an image's axes.</summary>
internal static class Channels
{
    /// <summary>[batch, height, width, channels] to [batch, channels, height, width].</summary>
    public static Value First(Value image) => image.Transpose([0, 3, 1, 2]);

    /// <summary>[batch, channels, height, width] to [batch, height, width, channels].</summary>
    public static Value Last(Value image) => image.Transpose([0, 2, 3, 1]);
}
