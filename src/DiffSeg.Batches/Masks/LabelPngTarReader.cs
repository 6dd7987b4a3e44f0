using System.Formats.Tar;
using System.Globalization;
using DiffSeg.Pictures;

namespace DiffSeg.Batches.Masks;

/// <summary>Reads what <see cref="LabelPngTar"/> wrote, every pixel of it.</summary>
internal sealed class LabelPngTarReader(Stream stream) : IMaskSource
{
    private readonly TarReader _tar = new(stream, leaveOpen: false);
    private readonly LabelCount _labels = new();

    public MaskFacts? Next()
    {
        try
        {
            return _tar.GetNextEntry() is { } entry ? Facts(entry) : null;
        }
        catch (Exception problem) when (problem is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"it is no tar: {problem.Message}", problem);
        }
    }

    public void Dispose() => _tar.Dispose();

    private MaskFacts Facts(TarEntry entry)
    {
        bool ours = entry is UstarTarEntry { EntryType: TarEntryType.RegularFile, Mode: LabelPngTar.Mode, Uid: 0, Gid: 0, DataStream: not null }
            && entry.ModificationTime == DateTimeOffset.UnixEpoch;
        if (!ours || !int.TryParse(entry.Name.AsSpan(0, Math.Max(0, entry.Name.IndexOf('.'))), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || entry.Name != BatchFileNames.EntryOf(index))
        {
            throw new InvalidDataException($"its entry '{entry.Name}' is no mask of a batch");
        }

        LabelImage mask = LabelPng.Read(entry.DataStream!);
        return new MaskFacts(index, null, mask.Height, mask.Width, _labels.Of(mask.Labels));
    }
}
