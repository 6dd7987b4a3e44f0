namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxOptions
{
    /// <summary>The model file.</summary>
    public string ModelFile = null!;

    /// <summary>The model's inputs, which name the columns; none means all.</summary>
    public string[] InputColumns = null!;

    /// <summary>The outputs to compute, which name the new columns; none means all.</summary>
    public string[] OutputColumns = null!;

    /// <summary>The CUDA device; null for the CPU.</summary>
    public int? GpuDeviceId = null;

    /// <summary>Whether to run on the CPU when the device cannot be had, instead of failing.</summary>
    public bool FallbackToCpu = false;

    /// <summary>Shapes by tensor name, in place of the model's.</summary>
    public IDictionary<string, int[]> ShapeDictionary = null!;

    /// <summary>How deep ML.NET's reader of model files goes; ONNX Runtime alone reads them here.</summary>
    public int RecursionLimit = 100;

    public int? InterOpNumThreads = null;

    public int? IntraOpNumThreads = null;

    public OnnxOptions() { }
}
