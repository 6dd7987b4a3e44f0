using System.Formats.Tar;
using DiffSeg.Pictures;

namespace DiffSeg.Batches.Masks;

/// <summary>A tar of label PNGs. Its bytes depend on the masks alone: no time, no owner, one mode.</summary>
internal sealed class LabelPngTar(Stream stream) : IMaskSink
{
    /// <summary>What every file in the tar may: read by all, written by its owner.</summary>
    public const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TarWriter _tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true);
    private readonly MemoryStream _png = new();

    public void Add(int index, string image, ReadOnlySpan<ushort> labels, int height, int width)
    {
        _png.SetLength(0);
        LabelPng.Write(_png, labels, height, width);
        _png.Position = 0;
        _tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, BatchFileNames.EntryOf(index))
        {
            DataStream = _png,
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = Mode,
        });
    }

    public void Finish() => _tar.Dispose();

    // What the writer of the tar would add belongs to a whole one only.
    public void Dispose() => _png.Dispose();
}
