using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Saving;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>
/// The whole way from a picture to its mask: LoadPictures, ResizeImages, ExtractPixels, ApplyAttentionModel (or ML.NET's
/// ApplyOnnxModel), DiffSegMask, and none of their columns but the mask left over.
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
/// While the mask of one picture is made, the next one is decoded and goes through the model
/// (<see cref="AttentionScoringOptions.LookAhead"/>).
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
    private readonly AttentionScoringOptions _scoring;
    private readonly bool _useApplyOnnxModel;

    internal DiffSegEstimator(
        TransformsCatalog catalog, AttentionModel model, string outputColumnName, string inputColumnName, string imageFolder,
        DiffSegMaskOptions options, AttentionScoringOptions scoring, bool useApplyOnnxModel)
    {
        if (useApplyOnnxModel)
        {
            ModelOfOneRow.Check(model);
        }

        _catalog = catalog;
        _model = model;
        _inputColumn = inputColumnName;
        _imageFolder = imageFolder;
        _settings = MaskSettings.From(
            outputColumnName, model.OutputNames, Picture, null, model, options, thresholdIsFed: !useApplyOnnxModel);
        if (MaskOutputs.NamesAndTypes(_settings).Select(output => output.Name).FirstOrDefault(IsInner) is { } inner)
        {
            throw new ArgumentException(
                $"Output column '{inner}' has the name of a tensor of the attention model or of an inner column of DiffSeg, which are "
                + "dropped at the end. Choose another name.",
                nameof(outputColumnName));
        }

        _scoring = scoring.Checked(model);
        _scoring.IntraOpNumThreads ??= options.MaxDegreeOfParallelism > 0 ? options.MaxDegreeOfParallelism : null;
        _scoring.FirstKlThreshold = model.FirstMerge is null ? null : MergedModel.FirstThreshold(model, options);
        _useApplyOnnxModel = useApplyOnnxModel;
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
        return (paths ? OverPaths() : OverPictures(schema)).Fit(input);
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

    private EstimatorChain<ITransformer> OverPaths()
    {
        var loading = PictureLoadingSettings.From(Loaded, _inputColumn, _imageFolder, _settings.Limits, _settings.TellsStatus);
        string? status = loading.TellsStatus ? PictureLoadingSettings.StatusOf(Loaded) : null;
        var steps = new EstimatorChain<ITransformer>().Append<ITransformer>(new PictureLoadingEstimator(_catalog, loading));
        return Append(
            steps, Loaded, _settings with { PathColumn = _inputColumn, PictureStatusColumn = status },
            status is null ? [Loaded] : [Loaded, status]);
    }

    // Pictures of LoadPictures have a column beside them that tells what is wrong with them.
    private EstimatorChain<ITransformer> OverPictures(DataViewSchema schema)
    {
        string status = PictureLoadingSettings.StatusOf(_inputColumn);
        bool told = schema.GetColumnOrNull(status)?.Type is TextDataViewType;
        return Append(new EstimatorChain<ITransformer>(), _inputColumn, _settings with { PictureStatusColumn = told ? status : null }, []);
    }

    private EstimatorChain<ITransformer> Append(
        EstimatorChain<ITransformer> steps, string pictureColumn, MaskSettings mask, string[] loaded)
    {
        var shared = new SharedPictureSettings(
            Picture, pictureColumn, mask.ModelHeight, mask.ModelWidth, mask.PictureStatusColumn);
        string[] own = [.. loaded, Picture, Resized, _model.InputName, .. _model.OutputNames];
        steps = steps.Append<ITransformer>(new SharedPictureEstimator(_catalog, shared, _model));
        return PixelSteps.Append(steps, _catalog, _settings, Picture, Resized, _model.InputName)
            .Append<ITransformer>(_useApplyOnnxModel
                ? ApplyOnnxModelStep.Make(_catalog, _model, _scoring)
                : new AttentionScoringEstimator(_catalog, _model, _scoring))
            .Append<ITransformer>(new DiffSegMaskEstimator(_catalog, mask, _model))
            .Append<ITransformer>(_catalog.DropColumns([.. own.Distinct()]));
    }

    private void CheckNames(IEnumerable<string> columns)
    {
        if (columns.FirstOrDefault(IsInner) is { } taken)
        {
            throw new ArgumentOutOfRangeException(
                "inputSchema",
                $"Input column '{taken}' has the name of a tensor of the attention model or of an inner column of DiffSeg. "
                + "The model needs its tensors' names for itself: rename or drop the column first.");
        }
    }

    private bool IsInner(string column) => column == _model.InputName || _model.OutputNames.Contains(column)
        || column.StartsWith(Prefix, StringComparison.Ordinal);
}
