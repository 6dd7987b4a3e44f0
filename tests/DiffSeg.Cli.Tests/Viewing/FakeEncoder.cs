using System.Collections.Concurrent;
using DiffSeg.Cli.Viewing.Encoded;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>Gives every picture the same attention: sixteen fields on a map of 16 x 16 tokens, in four kinds.</summary>
internal sealed class FakeEncoder : IPictureEncoder
{
    public const int Side = 16;

    /// <summary>Called before each picture, with its file name.</summary>
    public Action<string, CancellationToken> Before { get; set; } = (_, _) => { };

    /// <summary>Whether the model is shown the square in the middle only.</summary>
    public bool Crop { get; set; }

    /// <summary>File names in the order in which they came.</summary>
    public ConcurrentQueue<string> Seen { get; } = [];

    /// <summary>The attention of each, to see whether it has been given back.</summary>
    public ConcurrentQueue<AggregatedAttention> Given { get; } = [];

    public bool Disposed { get; private set; }

    public int Alive => Given.Count(IsAlive);

    public EncodedPicture Encode(string path, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        Seen.Enqueue(name);
        Before(name, cancellationToken);
        using MLImage image = MLImage.CreateFromFile(path);
        var attention = AggregatedAttention.FromTensors([(new AttentionShape(1, Side, Side), Tensor())]);
        Given.Enqueue(attention);
        int side = Math.Min(image.Height, image.Width);
        var session = new SegmentationSession(
            attention, MaskGrid.Whole(attention, Crop ? side : image.Height, Crop ? side : image.Width));
        return new EncodedPicture(session, image.Height, image.Width);
    }

    public void Dispose() => Disposed = true;

    // Tokens of one field attend to each other, and less to neighbouring fields: so the threshold matters.
    private static float[] Tensor()
    {
        const int Tokens = Side * Side;
        var values = new float[Tokens * Tokens];
        for (int query = 0; query < Tokens; query++)
        {
            float sum = 0;
            for (int key = 0; key < Tokens; key++)
            {
                int down = Math.Abs((query / Side / 4) - (key / Side / 4)), across = Math.Abs((query % Side / 4) - (key % Side / 4));
                sum += values[(query * Tokens) + key] = MathF.Exp(-1.2f * (down + across));
            }

            for (int key = 0; key < Tokens; key++)
            {
                values[(query * Tokens) + key] /= sum;
            }
        }

        return values;
    }

    private static bool IsAlive(AggregatedAttention attention)
    {
        try
        {
            return !attention.Values.IsEmpty;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
