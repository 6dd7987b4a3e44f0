using DiffSeg.Onnx;

namespace DiffSeg.Cli.Reporting;

/// <summary>Shows the stages of building a model as steps of the work.</summary>
/// <param name="progress">Is told of them.</param>
internal sealed class BuildStages(IWorkProgress progress) : IProgress<BuildProgress>
{
    private string? _stage;
    private IWorkStep? _step;

    /// <inheritdoc/>
    public void Report(BuildProgress value)
    {
        if (value.Stage != _stage)
        {
            _step?.Complete();
            _stage = value.Stage;
            _step = progress.Begin(value.Stage, WorkUnit.Share);
        }

        _step!.At(value.Fraction, 1);
    }

    /// <summary>The last stage is over.</summary>
    public void Complete() => _step?.Complete();
}
