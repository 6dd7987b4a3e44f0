using DiffSeg.MLNet.Chain;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

/// <summary>A context, and a folder for tiny models whose input is x.</summary>
public abstract class OnnxRules : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diffseg-rules-").FullName;

    private protected MLContext Ml { get; } = new(1);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string Place(string name) => Path.Combine(_folder, name);

    private protected IDataView View<TRow>(TRow row) where TRow : class => Ml.Data.LoadFromEnumerable([row]);

    private protected OnnxScoringEstimator Apply(string path, string[] outputs) =>
        FinalizersOnHold.While(() => Ml.Transforms.ApplyOnnxModel(outputs, ["x"], path, gpuDeviceId: null, fallbackToCpu: false));

    /// <summary>The model, fitted on a view of this one row.</summary>
    private protected OnnxTransformer Fit<TRow>(TinyModel model, string[] outputs, TRow row) where TRow : class =>
        Apply(model.Save(Place("m.onnx")), outputs).Fit(View(row));
}
