using DiffSeg.Cli.CommandLine;
using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Segmenting;

/// <summary>The settings of the algorithm, as the chain of "diffseg segment" takes them from the same options.</summary>
internal static class AlgorithmSettings
{
    /// <summary>Makes them.</summary>
    /// <param name="mask">How the attention becomes a mask.</param>
    /// <param name="on">What the model runs on.</param>
    /// <param name="model">The model, which recommends a threshold.</param>
    public static DiffSegOptions Of(DiffSegMaskOptions mask, ModelSettings on, AttentionModel model) =>
        mask.ToDiffSegOptions(model) with { MaxDegreeOfParallelism = on.Threads ?? -1 };
}
