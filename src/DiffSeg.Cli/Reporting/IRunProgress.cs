using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Reporting;

/// <summary>Is told how a run goes on.</summary>
internal interface IRunProgress
{
    /// <summary>A picture is segmented and its files are written.</summary>
    /// <param name="result">What came out.</param>
    void Done(ImageResult result);

    /// <summary>A picture is skipped.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="reason">Why, in plain words.</param>
    void Failed(InputImage image, string reason);
}
