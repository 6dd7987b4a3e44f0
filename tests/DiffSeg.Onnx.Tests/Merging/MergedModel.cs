using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Merging;

/// <summary>Runs models that merge in their graph, and compares them with DiffSeg's own merging.</summary>
internal static class MergedModel
{
    /// <summary>The proposals of one image, with the model's own threshold or another.</summary>
    public static float[] Run(AttentionModel model, float[] image, float? threshold = null)
    {
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, EnableCpuMemArena = false };
        using var session = new InferenceSession(model.Path, quiet);
        using OrtValue picture = OrtValue.CreateTensorValueFromMemory(image, [1, 3, model.ImageHeight, model.ImageWidth]);
        using OrtValue number = OrtValue.CreateTensorValueFromMemory(new float[] { threshold ?? 0 }, [1]);
        using var run = new RunOptions();
        string[] names = threshold is null ? [model.InputName] : [model.InputName, FirstMerge.ThresholdName];
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            session.Run(run, names, threshold is null ? [picture] : [picture, number], model.OutputNames);
        return Assert.Single(outputs).GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Masks from a model's proposals equal those from the attention of the same picture, merged by DiffSeg alone.</summary>
    /// <returns>The number of segments.</returns>
    public static int AssertSameMask(AggregatedAttention attention, float[] proposals, FirstMerge merge, float threshold)
    {
        var segmenter = new DiffSegSegmenter(new DiffSegOptions
        {
            KlThreshold = threshold,
            AnchorsPerSide = merge.AnchorsPerSide,
            ZeroAttention = merge.ZeroAttention,
        });
        MaskGrid grid = MaskGrid.Whole(attention, 4 * attention.Height, 4 * attention.Width);
        Segmentation expected = segmenter.Segment(attention, grid, null, TestContext.Current.CancellationToken);
        Segmentation actual = segmenter.SegmentMerged(
            proposals, attention.Height, attention.Width, grid, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Proposals.Count, actual.Proposals.Count);
        Assert.Equal(expected.Labels, actual.Labels);
        return actual.SegmentCount;
    }
}
