namespace DiffSeg.Onnx;

/// <summary>How an attention model is built from the image encoder of SAM 2. Immutable; each property checks its value.</summary>
public sealed record Sam2AttentionOptions
{
    /// <summary>
    /// The blocks whose attention is averaged, counted from 0; of Hiera-Tiny any of 5, 7 and 9, whose attention is
    /// global. Default 7 and 9: block 5 attends to what is near and similar, and cuts a picture into patches. Nothing behind the
    /// last one is kept.
    /// </summary>
    /// <exception cref="ArgumentException">No block, a negative one, or one twice.</exception>
    public IReadOnlyList<int> Blocks
    {
        get;
        init => field = Ordered(value);
    } = [7, 9];

    /// <summary>
    /// What the graph gives out: <see cref="AttentionForm.Aggregated"/> (the default) or <see cref="AttentionForm.Merged"/>.
    /// Its attention is of one resolution, and its heads are never together in memory: there are no other forms.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Another form.</exception>
    public AttentionForm Form
    {
        get;
        init => field = value is AttentionForm.Aggregated or AttentionForm.Merged
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Form), value, "SAM 2's attention is given out Aggregated or Merged.");
    } = AttentionForm.Aggregated;

    /// <summary>
    /// Number of pictures that the model takes in one run, at least 1, or null for any number in each run; the first
    /// dimension of its input, and unless it is 1 of its outputs. Default 1. Several fill a GPU better; memory grows with
    /// them. ML.NET's <c>ApplyOnnxModel</c> runs models with 1 or null only, a picture at a time. The form
    /// <see cref="AttentionForm.Merged"/> takes 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? BatchSize
    {
        get;
        init => field = PicturesPerRun.Checked(value, nameof(BatchSize));
    } = 1;

    /// <summary>How the form <see cref="AttentionForm.Merged"/> merges; the other does not look at it.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public FirstMerge FirstMerge
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(FirstMerge));
    } = new();

    /// <summary>
    /// How weights are stored. Default <see cref="WeightStorage.Float32"/>, as in the encoder. Float16 halves the file and
    /// hardly changes masks; Int8 saves no more (a third of the numbers are positions, not factors of a product, and
    /// stay as they are) and moves borders.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such storage.</exception>
    public WeightStorage Weights
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Weights), value, "No such storage of weights.");
    } = WeightStorage.Float32;

    /// <summary>KL threshold that the model will recommend, above 0. Default 1.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public float KlThreshold
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KlThreshold), value, "A KL threshold is above 0 and finite.");
    } = 1.2f;

    private static IReadOnlyList<int> Ordered(IReadOnlyList<int> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks, nameof(Blocks));
        int[] ordered = [.. blocks.Order()];
        if (ordered.Length == 0 || ordered[0] < 0 || ordered.Distinct().Count() < ordered.Length)
        {
            throw new ArgumentException(
                $"Blocks must be different numbers from 0, and one at least; they are [{string.Join(", ", blocks)}].", nameof(Blocks));
        }

        return Array.AsReadOnly(ordered);
    }
}
