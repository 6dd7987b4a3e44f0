using System.Collections.Concurrent;
using System.Text;
using DiffSeg.AspNetCore.Pool;
using DiffSeg.MLNet.Tests.Data;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>Gives every picture the same mask of two halves, when it is told to. Pictures are any bytes.</summary>
internal sealed class FakeSegmenter : IPictureSegmenter
{
    public const int Height = 4, Width = 6;

    private static readonly Segmentation Halves = Make();

    public DiffSegOptions Options { get; } = new();

    /// <summary>Called before each picture, with its bytes as text.</summary>
    public Action<string, CancellationToken> Before { get; set; } = (_, _) => { };

    /// <summary>The pictures that came to their turn, as text.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    public bool Disposed { get; private set; }

    public Segmentation Segment(ReadOnlyMemory<byte> picture, DiffSegOptions options, StageClock stages, CancellationToken cancellationToken)
    {
        string text = Encoding.UTF8.GetString(picture.Span);
        Seen.Enqueue(text);
        Before(text, cancellationToken);
        stages.Passed("encode");
        return Halves;
    }

    public void Dispose() => Disposed = true;

    private static Segmentation Make()
    {
        using var attention = AggregatedAttention.FromTensors(
            [(new AttentionShape(1, 8, 8), SyntheticAttention.Map(8, 8, TestData.Regions(0)))]);
        return new DiffSegSegmenter(new() { AnchorsPerSide = 4 }).Segment(attention, MaskGrid.Whole(attention, Height, Width));
    }
}
