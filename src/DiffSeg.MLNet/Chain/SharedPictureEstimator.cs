using DiffSeg.MLNet.Mapping;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Chain;

/// <summary>Shares a picture among the steps of the ready-made chain.</summary>
internal sealed class SharedPictureEstimator(TransformsCatalog catalog, SharedPictureSettings settings, AttentionModel model)
    : IEstimator<SharedPictureTransformer>
{
    public SharedPictureTransformer Fit(IDataView input) => new(catalog, settings, input.Schema, model);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaCheck.Image(inputSchema, settings.InputColumn);
        if (settings.StatusColumn is { } status)
        {
            SchemaCheck.Text(inputSchema, status);
        }

        return PromisedSchema.Add(catalog, inputSchema, [(settings.OutputColumn, new ImageDataViewType())]);
    }
}
