using DiffSeg.Tests.Masks;

namespace DiffSeg.Tests.Goldens;

/// <summary>Every step of the segmentation against the published code's results, within the goldens' tolerances.</summary>
public class GoldenSegmentationTests
{
    public static TheoryData<string, string> Cases => GoldenFolders.Cases("segmentation");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_agrees_with_the_published_code(string source, string name)
    {
        GoldenCase golden = new(GoldenFolders.Find(source, name));
        using AggregatedAttention attention = golden.Aggregate();
        int[] anchors = SamplingGrid.Anchors(attention.Height, attention.Width, golden.AnchorsPerSide);
        List<RecordedIteration> iterations = [];
        ProposalSet proposals = new IterativeMerging().Run(
            attention.Rows,
            anchors,
            golden.Thresholds,
            new MatchSettings(ZeroAttention.MatchesNothing, -1),
            iteration => iterations.Add(RecordedIteration.Of(iteration)),
            TestContext.Current.CancellationToken);

        GoldenSteps steps = new(golden.Expected, attention);
        steps.CheckGrid(anchors);
        steps.CheckAggregation();
        steps.CheckDistances(anchors);
        steps.CheckFirstIteration(iterations[0], anchors, golden.Thresholds[0]);
        steps.CheckLaterIterations(iterations);
        Assert.Equal(golden.ProposalCounts, iterations.Select(i => i.Proposals.Count));
        if (!golden.Survives)
        {
            Assert.Equal(0, proposals.Count);
            return;
        }

        steps.CheckProposals("proposals", proposals);
        if (golden.Refine)
        {
            Refinement refinement = new();
            int[] clusters = new int[attention.Tokens];
            proposals = refinement.Run(
                attention, proposals, new KMeansOptions(), null, TestContext.Current.CancellationToken, clusters);
            Assert.Equal(golden.Expected["refine_labels"].ToInts(), clusters);
            Assert.Equal(golden.RefineIterations, refinement.Iterations);
            steps.CheckProposals("proposals_refined", proposals);
        }

        ushort[] labels = RawMask.Label(proposals, golden.Grid(attention));
        GoldenMask.Check(golden.Labels(), golden.Expected["margin_class"].ToInts(), labels);
        CheckPublicDoor(golden, attention, labels);
    }

    // The same through the public segmenter, which takes no threshold of 0 and throws where nothing survives.
    private static void CheckPublicDoor(GoldenCase golden, AggregatedAttention attention, ushort[] labels)
    {
        DiffSegOptions options = new()
        {
            KlThresholds = golden.Thresholds,
            AnchorsPerSide = golden.AnchorsPerSide,
            Refine = golden.Refine,
            LabelOrder = LabelOrder.Proposal,
        };
        Segmentation segmentation = new DiffSegSegmenter(options).Segment(
            attention, golden.Grid(attention), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(labels, segmentation.Labels.ToArray());
    }
}
