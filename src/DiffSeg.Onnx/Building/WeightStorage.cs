namespace DiffSeg.Onnx;

/// <summary>How the weights of a built attention model are stored. It computes in float32 whichever is chosen.</summary>
public enum WeightStorage
{
    /// <summary>32-bit floating point: exact, four bytes per weight.</summary>
    Float32,

    /// <summary>16-bit floating point, widened when the model is loaded: half the file, the same speed.</summary>
    Float16,

    /// <summary>
    /// The weights of convolutions and products as 8-bit integers with one scale per output channel, widened as the model
    /// runs, the rest as <see cref="Float16"/>: a quarter of the file, less exact.
    /// </summary>
    Int8,
}
