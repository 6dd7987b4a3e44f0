using DiffSeg.MLNet.DataSets;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet;

/// <summary>Loads the ground truth whose paths a column has, to compare masks with it.</summary>
/// <remarks>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Text; where sizes are checked, text or Image |
/// | Output column data type | Vector of UInt16: a class per pixel, 65535 where there is none; and its height, width and number of annotators, Int32 |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet |
/// | Exportable to ONNX | No |
/// Reading the columns throws <see cref="DiffSeg.DataSets.LabelMapException"/>, which names the file, where one cannot be used.
/// </remarks>
public sealed class LabelMapLoadingEstimator : IEstimator<LabelMapLoadingTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly LabelMapSettings _settings;

    internal LabelMapLoadingEstimator(TransformsCatalog catalog, LabelMapSettings settings)
    {
        _catalog = catalog;
        _settings = settings;
    }

    /// <summary>Checks the schema; there is nothing to learn.</summary>
    /// <param name="input">Data with the paths. Not read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public LabelMapLoadingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _ = LabelMapInputs.Of(input.Schema, _settings);
        return new LabelMapLoadingTransformer(_settings);
    }

    /// <summary>The schema that the transformer will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and those of the label map.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        LabelMapInputs.Check(inputSchema, _settings);
        return PromisedSchema.Add(_catalog, inputSchema, _settings.Outputs);
    }
}
