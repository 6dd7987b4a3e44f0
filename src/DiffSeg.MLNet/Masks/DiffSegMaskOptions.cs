using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace DiffSeg.MLNet;

/// <summary>Settings of <c>DiffSegMask</c> and of the ready-made chain <c>DiffSeg</c>.</summary>
/// <remarks>
/// Values are checked when the estimator is made; <see cref="ArgumentOutOfRangeException"/> names the field. The
/// defaults are the published code's (Tian et al., CVPR 2024).
/// </remarks>
public sealed class DiffSegMaskOptions
{
    /// <summary>
    /// Two attention maps are merged when half their symmetric KL divergence is below this; lower gives more segments.
    /// Null (the default) takes what the attention model recommends, 1.1 without a model.
    /// </summary>
    public float? KlThreshold;

    /// <summary>
    /// One threshold per iteration, in place of <see cref="KlThreshold"/> and <see cref="Iterations"/>.
    /// </summary>
    public float[]? KlThresholds;

    /// <summary>Iterations of the merging, at least 1.</summary>
    public int Iterations = Defaults.Algorithm.Iterations;

    /// <summary>Anchors per side of the sampling grid, from 2 to the longer side of the attention map.</summary>
    public int AnchorsPerSide = Defaults.Algorithm.AnchorsPerSide;

    /// <summary>Refine the proposals by k-means over all attention maps.</summary>
    public bool Refine = Defaults.Algorithm.Refine;

    /// <summary>
    /// How pictures of another aspect ratio are fitted to the model. Needs the image column to matter.
    /// </summary>
    public ImageFit Fit = ImageFit.Pad;

    /// <summary>Size of the mask.</summary>
    public MaskSize Size = MaskSize.Model;

    /// <summary>
    /// Connected regions smaller than this share of the mask (0 to 1) go to the nearest larger one; 0 for no clean-up.
    /// 0.002 to 0.005 removes specks and keeps small objects.
    /// </summary>
    public double MinRegionShare = Defaults.Algorithm.MinRegionShare;

    /// <summary>Make each connected region a segment of its own.</summary>
    public bool Regions = Defaults.Algorithm.Regions;

    /// <summary>Numbering of the segments.</summary>
    public LabelOrder LabelOrder = Defaults.Algorithm.LabelOrder;

    /// <summary>
    /// What attention of exactly 0 does. Clamp, unlike the published code: attention between very different colours
    /// underflows to 0 easily, and a picture should not lose its most colourful parts over it.
    /// </summary>
    public ZeroAttention ZeroAttention = ZeroAttention.Clamp;

    /// <summary>Weight of each resolution, finest first; null for weights in proportion to the side.</summary>
    public float[]? ResolutionWeights;

    /// <summary>
    /// Threads to use at most, by the merging and, in the ready-made chain, by the model; -1 for all cores. The merging
    /// gives the same masks whatever it is.
    /// </summary>
    public int MaxDegreeOfParallelism = Defaults.Algorithm.MaxDegreeOfParallelism;

    /// <summary>
    /// Columns that come with the mask; by default its height and width, which <see cref="SegmentedImage"/> reads.
    /// </summary>
    public MaskColumns Columns = MaskColumns.Size;

    /// <summary>
    /// What the files of pictures may ask for, in the ready-made chain over paths: each is looked at before it is decoded, and
    /// one that is too large, cut off or no picture fails its row. Null looks at nothing and leaves all to the decoder, which
    /// fills what is missing with grey.
    /// </summary>
    public PictureLimits? Limits = PictureLimits.Default;

    /// <summary>
    /// The shape of each attention column, in their order. Null (the default) takes them from the attention model or,
    /// without one, from the column's dimensions or its length, for square maps; of several readings of a bare length
    /// the largest map is taken.
    /// </summary>
    public AttentionShape[]? AttentionShapes;

    /// <summary>Height of the model's input in pixels; null takes the attention model's, 512 without one.</summary>
    public int? ModelImageHeight;

    /// <summary>Width of the model's input in pixels; null takes the attention model's, 512 without one.</summary>
    public int? ModelImageWidth;

    /// <summary>The settings of the algorithm among these, as the chain has them.</summary>
    /// <param name="model">The attention model, which recommends a threshold; null for the general default.</param>
    /// <returns>The settings; lists are copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range; ParamName names it.</exception>
    public DiffSegOptions ToDiffSegOptions(AttentionModel? model = null) => new()
    {
        KlThreshold = KlThreshold ?? model?.RecommendedKlThreshold ?? Defaults.Algorithm.KlThreshold,
        KlThresholds = KlThresholds,
        Iterations = Iterations,
        AnchorsPerSide = AnchorsPerSide,
        Refine = Refine,
        MinRegionShare = MinRegionShare,
        Regions = Regions,
        LabelOrder = LabelOrder,
        ZeroAttention = ZeroAttention,
        MaxDegreeOfParallelism = MaxDegreeOfParallelism,
    };

    internal static class Defaults
    {
        public const int ModelImageSize = 512;
        public static readonly DiffSegOptions Algorithm = new();
    }
}
