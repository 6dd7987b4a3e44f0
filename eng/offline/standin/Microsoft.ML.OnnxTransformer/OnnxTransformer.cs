using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs an ONNX model, once a row, for the outputs that are asked for. It owns the model.</summary>
public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    private readonly OnnxModel _model;
    private readonly IReadOnlyDictionary<string, int[]> _shapes;

    internal OnnxTransformer(SessionSettings settings, bool ownsFile = false)
    {
        try
        {
            _model = new OnnxModel(settings, ownsFile);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"Error initializing model :{exception}", exception);
        }
        _shapes = settings.Shapes;
        Inputs = _model.Inputs(settings.InputColumns);
        Outputs = _model.Outputs(settings.OutputColumns);
    }

    internal OnnxTensor[] Inputs { get; }

    internal OnnxTensor[] Outputs { get; }

    public void Dispose() => _model.Dispose();

    private protected override IRowComputation Compute(DataViewSchema inputSchema) =>
        new OnnxComputation(_model, Inputs, Outputs, inputSchema);

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        context.WriteStrings(Array.ConvertAll(Inputs, t => t.Name));
        context.WriteStrings(Array.ConvertAll(Outputs, t => t.Name));
        context.Writer.Write(_shapes.Count);
        foreach ((string name, int[] shape) in _shapes)
        {
            context.Writer.Write(name);
            context.Writer.Write(shape.Length);
            Array.ForEach(shape, context.Writer.Write);
        }
        byte[] file = File.ReadAllBytes(_model.Path);
        context.Writer.Write(file.Length);
        context.Writer.Write(file);
    }

    private sealed class Loader : IModelLoader
    {
        /// <summary>The model is written to a temporary file; the device is not saved, the context's applies.</summary>
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context)
        {
            var mlContext = (MLContext)environment;
            var options = new OnnxOptions
            {
                InputColumns = context.ReadStrings(),
                OutputColumns = context.ReadStrings(),
                ShapeDictionary = new Dictionary<string, int[]>(),
                ModelFile = Path.Combine(mlContext.TempFilePath, Path.GetRandomFileName()),
            };
            for (int i = context.Reader.ReadCount(); i > 0; i--)
            {
                string name = context.Reader.ReadString();
                var shape = new int[context.Reader.ReadCount()];
                for (int d = 0; d < shape.Length; d++)
                {
                    shape[d] = context.Reader.ReadInt32();
                }

                options.ShapeDictionary.Add(name, shape);
            }
            File.WriteAllBytes(options.ModelFile, context.Reader.ReadBytes(context.Reader.ReadInt32()));
            return new OnnxTransformer(
                new SessionSettings(options, mlContext.GpuDeviceId, mlContext.FallbackToCpu), ownsFile: true);
        }
    }
}
