using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;

namespace DiffSeg.MLNet;

/// <summary>
/// Loads pictures as ML.NET's LoadImages does, but looks at each file first, and gives a row whose picture cannot be had a
/// black pixel and a reason in place of an exception.
/// </summary>
/// <remarks>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Text (paths of pictures) |
/// | Output column data type | Image, and a text named after it (<c>Image</c> gives <c>ImageStatus</c>) |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet |
/// | Exportable to ONNX | No |
/// <para>
/// The text is empty when all is well. Steps of ML.NET take the pixel as they take any picture; <c>DiffSegMask</c> with the
/// image column tells the reason in its own status, and <c>PaintMask</c> paints nothing. What is the machine's fault throws.
/// </para>
/// </remarks>
public sealed class PictureLoadingEstimator : IEstimator<PictureLoadingTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly PictureLoadingSettings _settings;

    internal PictureLoadingEstimator(TransformsCatalog catalog, PictureLoadingSettings settings)
    {
        _catalog = catalog;
        _settings = settings;
    }

    /// <summary>Checks the schema; there is nothing to learn.</summary>
    /// <param name="input">Data with the paths. Not read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public PictureLoadingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PictureLoadingTransformer(_catalog, _settings, input.Schema);
    }

    /// <summary>The schema that the transformer will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns, the pictures' and their status'.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaCheck.Text(inputSchema, _settings.InputColumn);
        return PromisedSchema.Add(_catalog, inputSchema, PictureLoadingMapping.NamesAndTypes(_settings));
    }
}
