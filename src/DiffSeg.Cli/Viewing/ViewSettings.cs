using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Viewing;

/// <summary>The settings of the algorithm, as the chain of "diffseg segment" takes them from the same options.</summary>
internal static class ViewSettings
{
    /// <summary>Makes them.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="model">The model, which recommends a threshold.</param>
    public static DiffSegOptions Of(ViewRequest request, AttentionModel model)
    {
        DiffSegMaskOptions mask = request.Mask;
        return new DiffSegOptions
        {
            KlThreshold = mask.KlThreshold ?? model.RecommendedKlThreshold,
            Iterations = mask.Iterations,
            AnchorsPerSide = mask.AnchorsPerSide,
            Refine = mask.Refine,
            MinRegionShare = mask.MinRegionShare,
            Regions = mask.Regions,
            LabelOrder = mask.LabelOrder,
            ZeroAttention = mask.ZeroAttention,
            MaxDegreeOfParallelism = request.Model.Threads ?? -1,
        };
    }
}
