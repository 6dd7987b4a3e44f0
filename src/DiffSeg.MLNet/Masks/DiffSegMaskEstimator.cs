using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet;

/// <summary>
/// Turns the self-attention of an image model into a segmentation mask, without training and without text.
/// </summary>
/// <remarks>
/// <para>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | One or more vectors of Single; optionally an Image and a text |
/// | Output column data type | Vector of UInt16, height x width, row-major |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet |
/// | Exportable to ONNX | No |
/// </para>
/// <para>The method is DiffSeg (Tian et al., CVPR 2024, section 3). Made by
/// <see cref="DiffSegCatalog.DiffSegMask(TransformsCatalog, string, IReadOnlyList{string}, string, DiffSegMaskOptions)"/>.</para>
/// </remarks>
public sealed class DiffSegMaskEstimator : IEstimator<DiffSegMaskTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly MaskSettings _settings;
    private readonly AttentionModel? _model;

    internal DiffSegMaskEstimator(TransformsCatalog catalog, MaskSettings settings, AttentionModel? model = null)
    {
        _catalog = catalog;
        _settings = settings;
        _model = model;
    }

    /// <summary>Checks the schema; there is nothing to learn.</summary>
    /// <param name="input">Data with the attention columns. Not read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public DiffSegMaskTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new DiffSegMaskTransformer(_catalog, _settings, input.Schema, _model);
    }

    /// <summary>The schema that the transformer will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and the mask columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        MaskInputs.Check(inputSchema, _settings);
        return PromisedSchema.Add(_catalog, inputSchema, MaskOutputs.NamesAndTypes(_settings));
    }
}
