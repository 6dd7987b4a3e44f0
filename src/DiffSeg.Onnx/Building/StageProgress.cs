namespace DiffSeg.Onnx.Building;

/// <summary>Reports the share of one stage. Synchronous, unlike <see cref="Progress{T}"/>: reports keep their order.</summary>
internal sealed class StageProgress(IProgress<BuildProgress> whole, string stage) : IProgress<double>
{
    public void Report(double value) => whole.Report(new BuildProgress(stage, value));
}
