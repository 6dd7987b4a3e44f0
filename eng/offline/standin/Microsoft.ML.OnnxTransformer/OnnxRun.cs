using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.StandIn;

/// <summary>The model's run for the current row: one for all active outputs, until the row moves on.</summary>
internal sealed class OnnxRun(OnnxModel model, DataViewRow row, Func<NamedOnnxValue>[] feeds, string[] outputs)
    : IDisposable
{
    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue>? _values;
    private long _position = -1;

    public DisposableNamedOnnxValue Output(string name)
    {
        if (_position != row.Position)
        {
            NamedOnnxValue[] inputs = Array.ConvertAll(feeds, feed => feed());
            _values?.Dispose();
            _values = model.Run(inputs, outputs);
            _position = row.Position;
        }
        return _values!.First(v => v.Name == name);
    }

    public void Dispose() => _values?.Dispose();
}
