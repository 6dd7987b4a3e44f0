namespace DiffSeg.Onnx.Building;

/// <summary>How the metadata names the storage of weights.</summary>
internal static class StorageNames
{
    public static string Of(WeightStorage storage) => storage switch
    {
        WeightStorage.Float32 => "fp32",
        WeightStorage.Float16 => "fp16",
        WeightStorage.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "No such storage of weights."),
    };
}
