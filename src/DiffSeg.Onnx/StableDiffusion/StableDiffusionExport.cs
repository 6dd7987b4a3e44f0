namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>
/// A folder in the layout of diffusers with the ONNX models of Stable Diffusion. Knows its files and what its
/// configurations say; the models themselves are read by others. Immutable.
/// </summary>
internal sealed class StableDiffusionExport
{
    /// <summary>The folder of SDXL's second text encoder.</summary>
    public const string SecondTextEncoder = "text_encoder_2";

    private const string FirstTextEncoder = "text_encoder";

    private readonly ModelPart _unet;
    private readonly ModelPart _vaeEncoder;
    private readonly ModelPart[] _textEncoders;
    private readonly string? _promptEmbedding;

    private StableDiffusionExport(string folder, AttentionModelOptions options)
    {
        Folder = folder;
        _unet = ModelPart.In(folder, "unet") ?? throw ExportDiagnosis.NoUNet(folder);
        _vaeEncoder = Part(options.VaeEncoder, "vae_encoder") ?? throw ExportDiagnosis.NoVaeEncoder(folder);
        _promptEmbedding = options.PromptEmbedding;
        if (_promptEmbedding is null)
        {
            // With the first encoder of another export comes the second of that export, where it has one.
            string other = Path.GetFullPath(options.TextEncoder ?? folder);
            ModelPart? first = Part(options.TextEncoder, FirstTextEncoder);
            ModelPart? second = ModelPart.In(other, SecondTextEncoder) ?? ModelPart.In(folder, SecondTextEncoder);
            _textEncoders = [.. new[] { first, second }.OfType<ModelPart>()];
        }
        else
        {
            _textEncoders = [];
        }

        ScalingFactor = VaeConfig.ScalingFactor(_vaeEncoder.Config);
        UNetConfig.CheckLatentOnly(_unet.Config);
        SampleSize = UNetConfig.SampleSize(_unet.Config);
        Name = ExportName.Of(folder, JsonConfig.ReadIfPresent(Path.Combine(folder, "model_index.json")));
        License = ModelCard.License(folder);

        ModelPart? Part(string? other, string role) => other is null ? ModelPart.In(folder, role) : ModelPart.At(other, role);
    }

    /// <summary>Full path of the export.</summary>
    public string Folder { get; }

    /// <summary>Full path of the U-Net's ONNX file.</summary>
    public string UNetPath => _unet.Path;

    /// <summary>Full path of the VAE encoder's ONNX file.</summary>
    public string VaeEncoderPath => _vaeEncoder.Path;

    /// <summary>
    /// The factor from the VAE's mean to the U-Net's sample as the VAE's config.json has it; null when there is no config
    /// or it does not say. <see cref="VaeConfig.FactorFor"/> tells the one to use.
    /// </summary>
    public float? ScalingFactor { get; }

    /// <summary>
    /// Side of the latents that the U-Net was trained on (image's side / 8), as its config.json has it; null when it
    /// does not say.
    /// </summary>
    public int? SampleSize { get; }

    /// <summary>The repository that the export comes from, where that can be told, else its folder's name.</summary>
    public string Name { get; }

    /// <summary>The licence that the export's README.md names; null when there is none.</summary>
    public string? License { get; }

    /// <summary>Finds the models of an export and reads its configurations.</summary>
    /// <param name="folder">The folder with unet/, vae_encoder/ and text_encoder/.</param>
    /// <param name="options">May name a VAE encoder or text encoder elsewhere, or a file with the prompt's embedding.</param>
    /// <exception cref="AttentionModelException">
    /// There is no such folder, it is no ONNX export, a part is missing or not to be told, or a configuration is broken.
    /// </exception>
    public static StableDiffusionExport Open(string folder, AttentionModelOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(options);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Readable(
            folder,
            () => Directory.Exists(folder) ? new StableDiffusionExport(folder, options) : throw ExportDiagnosis.NoFolder(folder));
    }

    /// <summary>
    /// The prompt's embedding: read from the options' file, or the empty prompt run through the text encoders in ONNX
    /// Runtime, on the CPU.
    /// </summary>
    /// <param name="wanted">What the U-Net takes.</param>
    /// <param name="cancellationToken">Checked before each text encoder.</param>
    /// <exception cref="AttentionModelException">There is neither, it cannot be read or run, or it does not fit the U-Net.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PromptEmbedding Embed(TextConditioning wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (_promptEmbedding is not null)
        {
            return Readable(_promptEmbedding, () => PromptEmbeddingFile.Read(_promptEmbedding, wanted));
        }

        string needed = wanted.PooledWidth is null ? FirstTextEncoder : SecondTextEncoder;
        return _textEncoders.Any(e => e.Role == needed)
            ? Readable(Folder, () => TextEncoders.Embed(_textEncoders, wanted, cancellationToken))
            : throw ExportDiagnosis.NoTextEncoder(Folder, needed);
    }
    /// <summary>
    /// SHA-256 over all files that a model of this export depends on: the models with their external data, the
    /// configurations, and the text encoders with their tokenizers or the embedding's file. Other files do not matter,
    /// nor does the folder's place. See <see cref="SourceHash"/>.
    /// </summary>
    /// <param name="progress">Told the share of bytes that are done, from 0 to 1.</param>
    /// <param name="cancellationToken">Checked at every megabyte.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="AttentionModelException">A model cannot be read or lacks its external data.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string HashSources(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        return Readable(Folder, () => SourceHash.Of(Sources().Paths, progress, cancellationToken));
    }

    private SourceFiles Sources()
    {
        var files = new SourceFiles();
        foreach (ModelPart part in (ModelPart[])[_unet, _vaeEncoder, .. _textEncoders])
        {
            files.Add(part);
        }

        foreach (ModelPart encoder in _textEncoders)
        {
            files.AddTokenizer(encoder);
        }

        if (_promptEmbedding is not null)
        {
            files.AddEmbedding(_promptEmbedding);
        }

        return files;
    }

    // What the file system refuses comes as the same error as everything else that is wrong with an export.
    private static T Readable<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is UnauthorizedAccessException or (IOException and not AttentionModelException))
        {
            throw new AttentionModelException(
                place, "files that can be read", cause.Message, "Make the folders and files readable.", cause);
        }
    }
}
