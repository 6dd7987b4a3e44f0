using System.Reflection;
using DiffSeg.Display;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Evaluation;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Display;

/// <summary>What .NET Interactive's own formatting package makes of our types, which know nothing of it.</summary>
public class NotebookFormattingTests
{
    private static readonly Picture Grey = new(new byte[4 * 30 * 40], 30, 40, PixelOrder.Rgba32);

    public static TheoryData<string> Kinds => [.. Values().Select(value => value.GetType().Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cell_shows_a_value_as_its_own_html(string kind)
    {
        IDisplay value = Values().Single(value => value.GetType().Name == kind);

        Assert.Equal(["text/html"], Formatter.GetPreferredMimeTypesFor(value.GetType()));
        Assert.Equal(value.ToHtml(), ((object)value).ToDisplayString("text/html"));
        Assert.Equal(value.ToPng(), Convert.FromBase64String(((object)value).ToDisplayString("image/png")));
    }

    [Fact]
    public void Every_public_display_is_among_those_tried_or_tells_the_formatters()
    {
        Type[] displays =
        [
            .. new[] { typeof(DiffSegSegmenter).Assembly, typeof(AttentionModel).Assembly, typeof(SegmentedImage).Assembly }
                .SelectMany(assembly => assembly.GetExportedTypes())
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IDisplay))),
        ];

        Assert.All(displays, type => Assert.Contains(type.GetCustomAttributes(), a => a.GetType().Name == "TypeFormatterSourceAttribute"));
        Assert.Subset(displays.ToHashSet(), Values().Select(value => value.GetType()).ToHashSet());
    }

    [Fact]
    public void A_row_type_of_one_s_own_is_shown_like_its_base()
    {
        OwnRow row = new() { ImagePath = "none.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2, Score = 0.5f };
        Assert.Equal(row.ToHtml(), ((object)row).ToDisplayString("text/html"));
    }

    private static IEnumerable<IDisplay> Values()
    {
        var ml = new MLContext();
        MaskDisplay mask = new(new ushort[] { 0, 0, 1, 2 }, 2, 2, Grey);
        SegmentationMetrics metrics = ml.Segmentation().Evaluate(
            ml.Data.LoadFromEnumerable(SizedRow.Random(3)), cancellationToken: TestContext.Current.CancellationToken);
        return
        [
            Grey,
            mask,
            new AttentionMap([0, 1, 2, 3], 2, 2, MaskGrid.Whole(2, 2, 30, 40), Grey),
            mask.SideBySide(),
            new DisplayTable("t", ["a"], [["b"]]),
            new DisplayNote("is cut off"),
            metrics,
            metrics.Scores,
            new SegmentedImage { ImagePath = "none.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2 },
            AttentionModel.Demo,
            .. Segmented(),
        ];
    }

    private static IEnumerable<IDisplay> Segmented()
    {
        var ml = new MLContext();
        using var model = new SmallModel();
        using MLImage image = TestData.Picture(48, 64, TestData.Regions(1));
        using AttentionEncoder encoder = ml.Segmentation().LoadEncoder(model.Model);
        using SegmentationSession session = encoder.Encode(image, TestContext.Current.CancellationToken);
        MergingTrace trace = session.Trace(cancellationToken: TestContext.Current.CancellationToken);
        IDataView rows = ml.Data.LoadFromEnumerable(new[] { new SegmentedImage { ImagePath = "none.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2 } });
        PointSegment point = session.SegmentAt(20, 20, cancellationToken: TestContext.Current.CancellationToken);
        return [trace.Result, trace.Result.Proposals, trace, point, ml.Segmentation().Gallery(rows, cancellationToken: TestContext.Current.CancellationToken)];
    }

    private sealed class OwnRow : SegmentedImage
    {
        public float Score { get; set; }
    }
}
