using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>Good pictures with every bad one among them, in a folder, and a small model to run over them.</summary>
public sealed class MixedRows : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallModel _small = new();

    public MixedRows()
    {
        BadPictures.WriteTo(_folder);
        var rows = new List<MixedRow>();
        foreach ((string bad, string reason) in BadPictures.Reasons)
        {
            rows.Add(Good(rows.Count));
            rows.Add(new(bad.Length == 0 ? "" : _folder.File(bad), reason));
            if (rows.Count % 3 == 0)
            {
                // Two bad ones after one another, and the same again later.
                rows.Add(rows[^1]);
            }
        }

        rows.Add(Good(rows.Count));
        Rows = rows;
    }

    /// <summary>The rows; the reason is empty for good ones.</summary>
    internal IReadOnlyList<MixedRow> Rows { get; }

    internal AttentionModel Model => _small.Model;

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    private MixedRow Good(int index)
    {
        string path = _folder.File($"good-{index}.png");
        PictureFiles.WritePng(
            path, 20 + (index % 5), 30, 3, (y, x, channel) => (byte)((x + index) % 30 < 15 == (channel == 0) ? 230 : 20 + y));
        return new(path, "");
    }
}

/// <summary>A row.</summary>
/// <param name="ImagePath">Path of its picture.</param>
/// <param name="Reason">Why it has no mask; empty when it has one.</param>
internal sealed record MixedRow(string ImagePath, string Reason);
