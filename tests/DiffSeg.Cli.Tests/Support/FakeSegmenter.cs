using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>Gives every picture the same small mask, and fails those that it is told to.</summary>
internal sealed class FakeSegmenter : IImageSegmenter
{
    public static readonly ushort[] Labels = [0, 0, 1, 0, 2, 1];

    /// <summary>Pictures whose file name is a key here fail.</summary>
    public Dictionary<string, Exception> Failures { get; } = [];

    /// <summary>Called before each picture.</summary>
    public Action<InputImage> Before { get; set; } = _ => { };

    public bool Overlay { get; set; }

    public bool Disposed { get; private set; }

    /// <summary>The pictures that came, in their order.</summary>
    public List<string> Seen { get; } = [];

    public void Segment(IEnumerable<InputImage> images, ISegmentationVisitor visitor, CancellationToken cancellationToken)
    {
        foreach (InputImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = Path.GetFileName(image.Path);
            Seen.Add(name);
            Before(image);
            if (Failures.TryGetValue(name, out Exception? problem))
            {
                visitor.Failed(image, problem);
                continue;
            }

            MLImage? overlay = Overlay ? MLImage.CreateFromPixels(3, 2, MLPixelFormat.Rgba32, new byte[24]) : null;
            visitor.Segmented(image, new SegmentedImage { Labels = Labels, Height = 2, Width = 3, Segments = 3, Overlay = overlay });
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => Disposed = true;
}
