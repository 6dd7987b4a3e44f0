namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Hears of progress at once, on the thread that reports it.</summary>
internal sealed class Listener(Action<double> report) : IProgress<double>
{
    public void Report(double value) => report(value);
}
