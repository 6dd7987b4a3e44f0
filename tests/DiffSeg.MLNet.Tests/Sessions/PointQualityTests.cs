using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Sessions;

/// <summary>Points against ground truth: a guard on what the README says, on the photos of COCO-Stuff that are at hand.</summary>
public sealed class PointQualityTests
{
    private const double SmallestShare = 0.005;

    [Fact]
    public void A_click_into_a_region_finds_it_better_than_the_segment_under_it()
    {
        string root = Path.GetFullPath(Repository.Path("..", "shared", "datasets", "coco-stuff"));
        Assert.SkipUnless(Directory.Exists(root), $"There are no photos with ground truth in '{root}'.");
        CancellationToken stop = TestContext.Current.CancellationToken;
        var byPoint = new List<double>();
        var bySegment = new List<double>();
        using AttentionEncoder encoder = new MLContext().Segmentation().LoadEncoder(AttentionModel.Demo);
        foreach (SegmentationSample sample in SegmentationDataSet.CocoStuff27(root, "all").Samples)
        {
            LabelMap truth = sample.ReadLabelMaps()[0];
            using SegmentationSession session = encoder.Encode(sample.ImagePath, stop);
            Segmentation all = session.Segment(session.Options with { Regions = true, MinRegionShare = SmallestShare }, cancellationToken: stop);
            foreach ((bool[] region, int x, int y) in Regions(truth))
            {
                PointSegment segment = session.SegmentAt(x, y, cancellationToken: stop);
                ushort label = all.Labels[(y * truth.Width) + x];
                byPoint.Add(Overlap(region, [.. segment.Labels.ToArray().Select(l => l == 1)]));
                bySegment.Add(Overlap(region, [.. all.Labels.ToArray().Select(l => l == label)]));
            }
        }

        Assert.InRange(byPoint.Count, 20, 1000);
        Assert.InRange(byPoint.Average(), Math.Max(0.3, bySegment.Average()), 1);
    }

    private static double Overlap(bool[] region, bool[] segment)
    {
        int both = region.Zip(segment).Count(pair => pair.First && pair.Second);
        return both / (double)region.Zip(segment).Count(pair => pair.First || pair.Second);
    }

    // Connected regions of a class, each with a pixel that is farthest from its edge (in steps along rows and columns).
    private static IEnumerable<(bool[] Region, int X, int Y)> Regions(LabelMap truth)
    {
        int[] classes = [.. truth.Classes.ToArray().Select(c => c == LabelMap.Ignored ? -1 : c)];
        (int height, int width) = (truth.Height, truth.Width);
        bool[] seen = [.. classes.Select(c => c < 0)];
        for (int start = 0; start < seen.Length; start++)
        {
            bool[] region = new bool[seen.Length];
            int area = 0;
            Stack<int> open = new([start]);
            while (open.TryPop(out int i))
            {
                if (!seen[i] && classes[i] == classes[start])
                {
                    seen[i] = region[i] = true;
                    area++;
                    foreach (int next in Neighbours(i, height, width))
                    {
                        open.Push(next);
                    }
                }
            }

            if (area >= SmallestShare * seen.Length)
            {
                int deepest = Deepest(region, height, width);
                yield return (region, deepest % width, deepest / width);
            }
        }
    }

    private static int Deepest(bool[] region, int height, int width)
    {
        List<int> layer = [.. Enumerable.Range(0, region.Length).Where(i =>
            region[i] && (Neighbours(i, height, width).Count() < 4 || Neighbours(i, height, width).Any(n => !region[n])))];
        bool[] peeled = new bool[region.Length];
        int last = layer[0];
        while (layer.Count > 0)
        {
            last = layer[layer.Count / 2];
            layer.ForEach(i => peeled[i] = true);
            layer = [.. layer.SelectMany(i => Neighbours(i, height, width)).Where(n => region[n] && !peeled[n]).Distinct()];
        }

        return last;
    }

    private static IEnumerable<int> Neighbours(int i, int height, int width)
    {
        (int y, int x) = (i / width, i % width);
        if (y > 0)
        {
            yield return i - width;
        }

        if (y < height - 1)
        {
            yield return i + width;
        }

        if (x > 0)
        {
            yield return i - 1;
        }

        if (x < width - 1)
        {
            yield return i + 1;
        }
    }
}
