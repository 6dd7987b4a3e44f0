using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet;

/// <summary>
/// The whole way from a picture to its mask: LoadImages, ResizeImages, ExtractPixels, ApplyOnnxModel or
/// ApplyAttentionModel, DiffSegMask, and none of their columns but the mask left over.
/// </summary>
/// <remarks>
/// <para>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Text (paths of pictures) or Image |
/// | Output column data type | Vector of UInt16, height x width, row-major |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet and an ONNX Runtime (Microsoft.ML.OnnxRuntime) |
/// | Exportable to ONNX | No |
/// </para>
/// <para>
/// The mask lies on the picture as ML.NET loads it: an EXIF orientation is not applied, neither to the picture nor to
/// the mask.
/// </para>
/// </remarks>
public sealed class DiffSegEstimator : IEstimator<TransformerChain<ITransformer>>
{
    private const string Prefix = "DiffSeg.";
    private const string Loaded = Prefix + "Loaded";
    private const string Picture = Prefix + "Picture";
    private const string Resized = Prefix + "Resized";
    private readonly TransformsCatalog _catalog;
    private readonly AttentionModel _model;
    private readonly string _inputColumn;
    private readonly string _imageFolder;
    private readonly MaskSettings _settings;
    private readonly int? _gpuDeviceId;
    private readonly bool _fallbackToCpu;
    private readonly AttentionScoringOptions? _scoring;

    internal DiffSegEstimator(
        TransformsCatalog catalog, AttentionModel model, string outputColumn, string inputColumn, string imageFolder,
        DiffSegMaskOptions options, int? gpuDeviceId, bool fallbackToCpu, AttentionScoringOptions? scoring)
    {
        _catalog = catalog;
        _model = model;
        _inputColumn = inputColumn;
        _imageFolder = imageFolder;
        _gpuDeviceId = gpuDeviceId;
        _fallbackToCpu = fallbackToCpu;
        _settings = MaskSettings.From(outputColumn, model.OutputNames, Picture, null, model, options);
        _scoring = scoring?.Checked();
        if (_scoring is not null)
        {
            _scoring.IntraOpNumThreads ??= Threads;
        }
    }

    /// <summary>Opens the model. The data are not read.</summary>
    /// <param name="input">Data with a column of paths or of pictures.</param>
    /// <returns>The steps; disposing the chain closes the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The column is missing or of another type, or a column has the name of a tensor of the model.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// ONNX Runtime cannot run the model, or not on the GPU asked for.
    /// </exception>
    public TransformerChain<ITransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema schema = input.Schema;
        CheckNames(schema.Select(column => column.Name));
        bool paths = SchemaCheck.PathOrImage(schema, _inputColumn).Type is TextDataViewType;
        return Steps(paths).Fit(input);
    }

    /// <summary>The schema that the chain will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and the mask columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As in <see cref="Fit"/>.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckNames(inputSchema.Select(column => column.Name));
        SchemaCheck.PathOrImage(inputSchema, _inputColumn);
        // Promised without asking the steps: making the ONNX step opens the model.
        return PromisedSchema.Add(_catalog, inputSchema, MaskOutputs.NamesAndTypes(_settings));
    }

    private EstimatorChain<ITransformer> Steps(bool paths)
    {
        var steps = new EstimatorChain<ITransformer>();
        if (paths)
        {
            steps = steps.Append<ITransformer>(_catalog.LoadImages(Loaded, _imageFolder, _inputColumn));
        }

        var shared = new SharedPictureSettings(
            Picture, paths ? Loaded : _inputColumn, _settings.ModelHeight, _settings.ModelWidth);
        MaskSettings mask = paths ? _settings with { PathColumn = _inputColumn } : _settings;
        string[] own = [.. paths ? [Loaded] : Array.Empty<string>(), Picture, Resized, _model.InputName, .. _model.OutputNames];
        return steps
            .Append<ITransformer>(new SharedPictureEstimator(_catalog, shared, _model))
            .Append<ITransformer>(_catalog.ResizeImages(
                Resized, _settings.ModelWidth, _settings.ModelHeight, Picture, Resizing(_settings.Fit)))
            .Append<ITransformer>(_catalog.ExtractPixels(
                _model.InputName, Resized, offsetImage: 127.5f, scaleImage: 1 / 127.5f))
            .Append<ITransformer>(_scoring is null ? ApplyOnnxModel() : new AttentionScoringEstimator(_catalog, _model, _scoring))
            .Append<ITransformer>(new DiffSegMaskEstimator(_catalog, mask, _model))
            .Append<ITransformer>(_catalog.DropColumns([.. own.Distinct()]));
    }

    // An ONNX Runtime built without CUDA has no entry point for it, which ML.NET does not take for a GPU's failure.
    private OnnxScoringEstimator ApplyOnnxModel()
    {
        try
        {
            return FinalizersOnHold.While(() => _catalog.ApplyOnnxModel(Onnx(_gpuDeviceId)));
        }
        catch (EntryPointNotFoundException) when (_gpuDeviceId is not null && _fallbackToCpu)
        {
            return FinalizersOnHold.While(() => _catalog.ApplyOnnxModel(Onnx(null)));
        }
        catch (EntryPointNotFoundException cause)
        {
            throw new InvalidOperationException(
                "The ONNX Runtime in use is one without CUDA. Reference Microsoft.ML.OnnxRuntime.Gpu instead of "
                + "Microsoft.ML.OnnxRuntime, allow the fallback to the CPU, or ask for no GPU.",
                cause);
        }
    }

    private OnnxOptions Onnx(int? gpuDeviceId) => new()
    {
        ModelFile = _model.Path,
        InputColumns = [_model.InputName],
        OutputColumns = [.. _model.OutputNames],
        GpuDeviceId = gpuDeviceId,
        FallbackToCpu = _fallbackToCpu,
        IntraOpNumThreads = Threads,
    };

    private int? Threads => _settings.Algorithm.MaxDegreeOfParallelism is > 0 and var threads ? threads : null;

    private static ImageResizingEstimator.ResizingKind Resizing(ImageFit fit) => fit == ImageFit.Pad
        ? ImageResizingEstimator.ResizingKind.IsoPad
        : ImageResizingEstimator.ResizingKind.IsoCrop;

    private void CheckNames(IEnumerable<string> columns)
    {
        string? taken = columns.FirstOrDefault(
            name => name == _model.InputName || _model.OutputNames.Contains(name)
                || name.StartsWith(Prefix, StringComparison.Ordinal));
        if (taken is not null)
        {
            throw new ArgumentOutOfRangeException(
                "inputSchema",
                $"Input column '{taken}' has the name of a tensor of the attention model or of an inner column of DiffSeg. "
                + "ApplyOnnxModel needs the tensors' names for itself: rename or drop the column first.");
        }
    }
}
