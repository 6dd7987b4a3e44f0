using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>The demo model in the real ONNX Runtime, loaded once for all tests of a class.</summary>
public sealed class DemoSession : IDisposable
{
    private readonly InferenceSession _session = new(AttentionModel.Demo.Path);

    /// <summary>Runs the model and hands each output to the reader, which must not keep it.</summary>
    internal void Run(float[] image, Action<string, ReadOnlySpan<float>> read)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, TestImages.Side, TestImages.Side]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            _session.Run(options, [AttentionModel.Demo.InputName], [input], AttentionModel.Demo.OutputNames);
        for (int i = 0; i < outputs.Count; i++)
        {
            read(AttentionModel.Demo.OutputNames[i], outputs[i].GetTensorDataAsSpan<float>());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
