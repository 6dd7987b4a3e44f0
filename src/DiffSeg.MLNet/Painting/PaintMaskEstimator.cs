using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Saving;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet;

/// <summary>Paints a mask over its picture: half transparent colours, lines between the segments.</summary>
/// <remarks>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Image, and a vector of UInt16 |
/// | Output column data type | Image, of the input's size |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet |
/// | Exportable to ONNX | No |
/// A row class reads the painted picture as <c>[ImageType(1, 1)] public MLImage Overlay { get; set; }</c>, whatever its
/// size, and disposes it. A row with an empty mask, which failed (<see cref="MaskColumns.Status"/>), has no painted picture, nor
/// has one whose picture <c>LoadPictures</c> could not load.
/// </remarks>
public sealed class PaintMaskEstimator : IEstimator<PaintMaskTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly PaintSettings _settings;

    internal PaintMaskEstimator(TransformsCatalog catalog, PaintSettings settings)
    {
        _catalog = catalog;
        _settings = settings;
        // So that the painted column can be read into a class: [ImageType(1, 1)] MLImage.
        PictureColumns.Register();
    }

    /// <summary>Checks the schema; there is nothing to learn.</summary>
    /// <param name="input">Data with the picture and the mask. Not read.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public PaintMaskTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PaintMaskTransformer(_catalog, _settings, input.Schema);
    }

    /// <summary>The schema that the transformer will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and the painted picture's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PaintInputs.Check(inputSchema, _settings);
        return PromisedSchema.Add(_catalog, inputSchema, [(_settings.OutputColumn, new ImageDataViewType())]);
    }
}
