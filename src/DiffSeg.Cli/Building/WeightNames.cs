using DiffSeg.Onnx;

namespace DiffSeg.Cli.Building;

/// <summary>What storage of weights is called on the command line and in a model's description.</summary>
internal static class WeightNames
{
    /// <summary>The names and what they mean.</summary>
    public static readonly (string Word, WeightStorage? Meaning)[] All =
        [("fp32", WeightStorage.Float32), ("fp16", WeightStorage.Float16), ("int8", WeightStorage.Int8)];

    /// <summary>The name of a storage.</summary>
    /// <param name="storage">The storage.</param>
    public static string Of(WeightStorage storage) => All.Single(pair => pair.Meaning == storage).Word;
}
