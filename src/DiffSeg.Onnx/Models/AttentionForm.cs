namespace DiffSeg.Onnx;

/// <summary>How far an attention model has already averaged its self-attention.</summary>
public enum AttentionForm
{
    /// <summary>One tensor [heads, N, N] per layer: nothing averaged.</summary>
    Raw,

    /// <summary>One tensor [N, N] per layer: averaged over heads.</summary>
    Layers,

    /// <summary>One tensor [N, N] per resolution: averaged over heads and over the layers of that resolution.</summary>
    Resolutions,

    /// <summary>One tensor [N, N] in all: aggregated over resolutions in the graph (Tian et al., CVPR 2024, section 3.2).</summary>
    Aggregated,

    /// <summary>
    /// One tensor [anchors, N] in all: aggregated, and merged once (section 3.3). Each anchor's map is the mean of all maps
    /// within the KL threshold of it, NaN where there is none (<see cref="FirstMerge"/>).
    /// </summary>
    Merged,
}
