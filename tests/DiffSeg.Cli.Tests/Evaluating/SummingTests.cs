using DiffSeg.Cli.Evaluating.Gallery;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Summing;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Evaluating;

public class SummingTests
{
    // For a mean, the jackknife is the usual standard error.
    [Fact]
    public void Jackknife_of_a_mean_is_its_standard_error()
    {
        double[] values = [1, 4, 2, 9, 5];
        double mean = values.Average();
        double usual = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 4 / 5);

        Assert.Equal(usual, Jackknife.StandardError([.. values.Select(value => (values.Sum() - value) / 4)]), 12);
        Assert.Equal(double.NaN, Jackknife.StandardError([1]));
    }

    [Fact]
    public void Class_errors_leave_out_one_image_after_the_other()
    {
        LabelMap[] truths = [.. Enumerable.Range(0, 3).Select(i => new LabelMap(1, 6, [0, 0, 1, 1, 2, (ushort)(i % 2 == 0 ? 2 : LabelMap.Ignored)]))];
        ushort[][] masks = [[0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 2]];
        var options = new EvaluationOptions { Measures = EvaluationMeasures.Classes, ClassCount = 4 };

        ClassErrors errors = ClassErrors.Of(Over([0, 1, 2]), [Over([0]), Over([1]), Over([2])]);

        int[][] without = [[1, 2], [0, 2], [0, 1]];
        Assert.Equal(Jackknife.StandardError([.. without.Select(images => Over(images).MeanIoU!.Value)]), errors.MeanIou, 12);
        Assert.Equal(Jackknife.StandardError([.. without.Select(images => Over(images).PixelAccuracy!.Value)]), errors.Accuracy, 12);

        ClassScores Over(int[] images)
        {
            var evaluator = new SegmentationEvaluator(options);
            foreach (int i in images)
            {
                evaluator.Add(masks[i], 1, 6, truths[i]);
            }

            return evaluator.Compute().Classes!;
        }
    }

    [Fact]
    public void Segments_take_the_colours_of_their_classes()
    {
        LabelImage mask = Image([0, 0, 1, 1, 2, 2]), truth = Image([1, 1, 0, 0, 0, LabelMap.Ignored]);

        (ushort[] found, ushort[] wanted) = Colouring.Of(mask, truth, classes: 2, Matching.PerImage);

        Assert.Equal([1, 1, 0, 0, 4, 4], found.Select(label => (int)label));
        Assert.Equal(truth.Labels.ToArray(), wanted);
        byte[] pixels = Colouring.Paint(wanted);
        Assert.Equal([0, 0, 0, 255], pixels[^4..]);
        Assert.Equal(Palette.Standard[1].Red, pixels[0]);
        Assert.Equal(mask.Labels.ToArray(), Colouring.Of(mask, truth, 2, Matching.PerDataSet).Mask);
    }

    private static LabelImage Image(ushort[] labels)
    {
        using var stream = new MemoryStream();
        LabelPng.Write(stream, labels, 1, labels.Length);
        stream.Position = 0;
        return LabelPng.Read(stream);
    }
}
