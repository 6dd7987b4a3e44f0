using System.Runtime.CompilerServices;

namespace DiffSeg.Onnx;

/// <summary>How an attention model is built. Immutable; each property checks its value.</summary>
public sealed record AttentionModelOptions
{
    /// <summary>Image sizes are multiples of this, in pixels: the latent has an eighth of the pixels a side, and the U-Net halves it three times.</summary>
    public const int SizeStep = 64;

    /// <summary>The longest side of an image in pixels: attention grows with the fourth power of it.</summary>
    public const int LargestSize = 2048;

    /// <summary>Height of the input image in pixels: a multiple of 64 from 64 to 2048. Default 512.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another value.</exception>
    public int ImageHeight
    {
        get;
        init => field = Size(value);
    } = 512;

    /// <summary>Width of the input image in pixels: a multiple of 64 from 64 to 2048. Default 512.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another value.</exception>
    public int ImageWidth
    {
        get;
        init => field = Size(value);
    } = 512;

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

    /// <summary>How far the graph itself averages the attention. Default <see cref="AttentionForm.Aggregated"/>, the least to hand over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such form.</exception>
    public AttentionForm Form
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Form), value, "No such form of attention.");
    } = AttentionForm.Aggregated;

    /// <summary>
    /// How the form <see cref="AttentionForm.Merged"/> merges; others do not look at it. Its threshold is
    /// <see cref="KlThreshold"/>, 1.1 where that is null.
    /// </summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public FirstMerge FirstMerge
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(FirstMerge));
    } = new();

    /// <summary>Diffusion time step that the U-Net is told, 0 to 999. Default 300, as in the paper (section 4.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another value.</exception>
    public int TimeStep
    {
        get;
        init => field = value is >= 0 and < 1000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeStep), value, "A time step is from 0 to 999.");
    } = 300;

    /// <summary>How weights are stored; null (the default) for 16 bits where the export has 16 bits, else 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such storage.</exception>
    public WeightStorage? Weights
    {
        get;
        init => field = value is null || Enum.IsDefined(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Weights), value, "No such storage of weights.");
    }

    /// <summary>
    /// A .npy or .npz file, or a folder of .npy files, with the prompt's embedding, <c>encoder_hidden_states</c>
    /// [1, tokens, width] (and <c>text_embeds</c> [1, width] for SDXL); null (the default) to run the export's text
    /// encoder on the empty prompt.
    /// </summary>
    public string? PromptEmbedding { get; init; }

    /// <summary>A folder or .onnx file with the VAE encoder; null (the default) for the export's own.</summary>
    public string? VaeEncoder { get; init; }

    /// <summary>A folder or .onnx file with the text encoder; null (the default) for the export's own.</summary>
    public string? TextEncoder { get; init; }

    /// <summary>KL threshold that the model will recommend, above 0; null (the default) for none of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public float? KlThreshold
    {
        get;
        init => field = value is null || (value > 0 && float.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KlThreshold), value, "A KL threshold is above 0 and finite.");
    }

    /// <summary>Where the weights come from, for the model's description; null (the default) for what the export says.</summary>
    public string? Source { get; init; }

    /// <summary>Licence of the weights, for the model's description; null (the default) for what the export says.</summary>
    public string? License { get; init; }

    /// <summary>
    /// Weights of more bytes than this go into one data file beside the model; at most as many stay inside it. Default
    /// 1 GiB; 0 for always beside. A model in one file also survives ML.NET's <c>Model.Save</c>, one with a data file
    /// is loaded by path only.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or above 1.5 GiB: an ONNX file must stay below 2 GiB.</exception>
    public long SingleFileLimit
    {
        get;
        init => field = value is >= 0 and <= 3L << 29
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SingleFileLimit), value, "The limit is from 0 to 1.5 GiB.");
    } = 1L << 30;

    private static int Size(int value, [CallerMemberName] string name = "") =>
        value is >= SizeStep and <= LargestSize && value % SizeStep == 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a multiple of {SizeStep} from {SizeStep} to {LargestSize}.");
}
