using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>One run of a model with one input in ONNX Runtime.</summary>
internal static class OnnxRun
{
    /// <summary>Takes one output: its place, its name, its values.</summary>
    public delegate void Reader(int index, string name, ReadOnlySpan<float> values);

    public static void Of(string path, float[] input, long[] shape, Reader read)
    {
        // An arena keeps what it once had: at 512 pixels, gigabytes.
        using var options = new SessionOptions { EnableCpuMemArena = false, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(path, options);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [session.InputNames[0]], [value], session.OutputNames);
        for (int i = 0; i < outputs.Count; i++)
        {
            read(i, session.OutputNames[i], outputs[i].GetTensorDataAsSpan<float>());
        }
    }
}
