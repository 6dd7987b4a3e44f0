using DiffSeg.Onnx.Demo;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx;

/// <summary>
/// An ONNX file that turns an image into self-attention, with its description: what ML.NET's <c>ApplyOnnxModel</c> and
/// DiffSeg's merging need to know about it. Immutable; holds no weights.
/// </summary>
public sealed partial class AttentionModel
{
    internal AttentionModel(
        string path,
        string inputName,
        int? batchSize,
        int imageHeight,
        int imageWidth,
        IReadOnlyList<AttentionOutput> outputs,
        AttentionModelDescription description,
        IReadOnlyDictionary<string, string> metadata)
    {
        Path = path;
        InputName = inputName;
        BatchSize = batchSize;
        ImageHeight = imageHeight;
        ImageWidth = imageWidth;
        Outputs = outputs;
        OutputNames = [.. outputs.Select(o => o.Name)];
        Form = description.Form;
        FirstMerge = description.FirstMerge;
        RecommendedKlThreshold = description.KlThreshold ?? new DiffSegOptions().KlThreshold;
        Source = description.Source;
        License = description.License;
        TimeStep = description.TimeStep;
        WeightPrecision = description.WeightPrecision;
        BuilderVersion = description.BuilderVersion;
        SourceHash = description.SourceHash;
        Metadata = metadata;
    }

    /// <summary>
    /// The demo model: shipped inside this assembly, without learned weights, a preview of what a real attention model
    /// does (models/README.md). Its <see cref="Path"/> is a file in the user's local application data, written at
    /// first use and again whenever it is missing or damaged. Safe to use from many processes at once.
    /// </summary>
    /// <exception cref="AttentionModelException">The file could be written neither there nor in the temporary folder.</exception>
    public static AttentionModel Demo => DemoModelFile.Load();

    /// <summary>Full path of the ONNX file.</summary>
    public string Path { get; }

    /// <summary>
    /// Name of the input tensor, float32 [pictures, 3, <see cref="ImageHeight"/>, <see cref="ImageWidth"/>]: red, green,
    /// blue in [-1, 1]; as many pictures as <see cref="BatchSize"/> says. Also the name of its column in ML.NET.
    /// </summary>
    public string InputName { get; }

    /// <summary>
    /// Number of pictures in one run, the first dimension of the input: 1 or more when it is fixed in the file, null when
    /// each run may take any number. Where it is not 1, every output begins with it too, and slice b of an output is the
    /// attention of picture b alone. ML.NET's <c>ApplyOnnxModel</c> scores one row at a time: it runs models with 1 or
    /// null (which it takes for 1), and fails on others.
    /// </summary>
    public int? BatchSize { get; }

    /// <summary>Names of the output tensors, in the order of <see cref="Outputs"/>.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>The tensors of attention or of proposals, in the order in which the file declares them.</summary>
    public IReadOnlyList<AttentionOutput> Outputs { get; }

    /// <summary>Height of the input image in pixels.</summary>
    public int ImageHeight { get; }

    /// <summary>Width of the input image in pixels.</summary>
    public int ImageWidth { get; }

    /// <summary>How far the outputs are averaged.</summary>
    public AttentionForm Form { get; }

    /// <summary>How the graph does the first iteration of the merging; null unless <see cref="Form"/> is <see cref="AttentionForm.Merged"/>.</summary>
    public FirstMerge? FirstMerge { get; }

    /// <summary>The KL threshold that the model's metadata recommends; <see cref="DiffSegOptions"/>' default where it recommends none.</summary>
    public float RecommendedKlThreshold { get; }

    /// <summary>What the attention was taken from; null when the file does not say.</summary>
    public string? Source { get; }

    /// <summary>Licence of the weights; null when the file does not say.</summary>
    public string? License { get; }

    /// <summary>Diffusion time step at which the attention is read; null when the file does not say or has none.</summary>
    public int? TimeStep { get; }

    /// <summary>How the weights are stored, for example <c>fp32</c>; null when the file does not say.</summary>
    public string? WeightPrecision { get; }

    /// <summary>The program that built the file and its version; null when the file does not say.</summary>
    public string? BuilderVersion { get; }

    /// <summary>SHA-256 over the files that the model was built from; null when the file does not say.</summary>
    public string? SourceHash { get; }

    /// <summary>All metadata entries of the file, those of other programs included (<see cref="AttentionModelMetadata"/>).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Finds the files beside <see cref="Path"/> that hold the weights: none when they are in the ONNX file itself, one for a
    /// large model that was built here. The model is all these files together: move them together.
    /// </summary>
    /// <returns>Full paths, each once, in the order of first use.</returns>
    /// <exception cref="AttentionModelException">The ONNX file or a data file is gone, cut short or damaged.</exception>
    public IReadOnlyList<string> FindDataFiles() =>
    [
        .. OnnxModelFile.Read(Path).Graph.Initializer
            .Where(TensorReference.IsExternal)
            .Select(t => TensorReference.Of(t).Path)
            .Where(p => p != Path)
            .Distinct(),
    ];

    /// <summary>
    /// Reads and checks the description of an attention model, and that its weights are there: as many values as their shapes ask
    /// for, in the file or beside it. They are passed over, not held.
    /// </summary>
    /// <remarks>A model is a program, which ONNX Runtime runs: load models from where you trust them.</remarks>
    /// <param name="path">An ONNX file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">
    /// The path is a folder, the file is not ONNX, has no DiffSeg description, or its inputs and outputs do not fit the
    /// description; or weights are missing, cut short or of another size than their shape.
    /// </exception>
    public static AttentionModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return AttentionModelReader.Read(System.IO.Path.GetFullPath(path));
    }
}
