using DiffSeg.DataSets;
using DiffSeg.DataSets.Matlab;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.DataSets;

public sealed class MatlabReadingTests : IDisposable
{
    private static readonly ushort[] First = [1, 1, 2, 1, 3, 3];
    private static readonly ushort[] Second = [1, 2, 300, 4, 5, 6];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_annotator_is_read_row_by_row()
    {
        string file = _folder.Write("a.mat", MatDraft.GroundTruth(2, 3, First, Second));

        IReadOnlyList<LabelMap> maps = LabelMapReader.Read(file);

        Assert.Equal(2, LabelMapReader.CountAnnotators(file));
        Assert.Equal(2, maps.Count);
        Assert.All(maps, map => Assert.Equal((2, 3), (map.Height, map.Width)));
        Assert.Equal(First, maps[0].Classes.ToArray());
        Assert.Equal(Second, maps[1].Classes.ToArray());
    }

    [Fact]
    public void Files_without_compression_and_with_other_variables_are_read()
    {
        byte[] other = MatDraft.Array("version", 6, [1, 1], MatDraft.Element(MatDraft.Double, BitConverter.GetBytes(2.0)));
        string file = _folder.Write("a.mat", MatDraft.File(other, MatDraft.Packed(other), MatDraft.Truth(2, 3, First)));

        Assert.Equal(First, Assert.Single(LabelMapReader.Read(file)).Classes.ToArray());
        Assert.Equal(1, LabelMapReader.CountAnnotators(file));
    }

    [Fact]
    public void Numbers_of_any_type_are_labels_when_they_are_whole()
    {
        byte[] With(double value) => MatDraft.File(MatDraft.Cells(
            "groundTruth", [MatDraft.Structure(("Segmentation", MatDraft.Doubles(1, 2, 7, value)))]));

        Assert.Equal(new ushort[] { 7, 12 }, Assert.Single(LabelMapReader.Read(_folder.Write("a.mat", With(12)))).Classes.ToArray());
        Refused(With(0.5), "the value 0.5");
        Refused(With(-1), "the value -1");
        Refused(With(65535), "the value 65535");
        Refused(With(double.NaN), "the value NaN");
    }

    [Fact]
    public void Other_files_are_refused_by_what_they_are()
    {
        Refused([], "not a .mat file");
        Refused("a text that is long enough to be no header of any kind at all, and so on and so on"u8.ToArray(), "not a .mat file");
        Refused([.. "MATLAB 7.3 MAT-file, HDF5 schema"u8, .. new byte[200]], "-v7");
        Refused([.. MatDraft.File()[..126], (byte)'M', (byte)'I'], "little-endian");
        Refused(MatDraft.File(), "only: none");
        Refused(MatDraft.File(MatDraft.Array("other", 6, [0, 0], MatDraft.Element(MatDraft.Double, []))), "only: other");
        Refused(MatDraft.File(MatDraft.Array("groundTruth", 6, [1, 1], MatDraft.Element(MatDraft.UInt8, [1]))), "is numbers, not cells");
        Refused(MatDraft.File(MatDraft.Array("groundTruth", 4, [1, 1], MatDraft.Element(MatDraft.UInt16, [65, 0]))), "class 4, not cells");
        Refused(MatDraft.File(MatDraft.Cells("groundTruth", [])), "no annotator");
        Refused(
            MatDraft.File(MatDraft.Cells("groundTruth", [MatDraft.Structure(("Boundaries", MatDraft.UInt16s(1, 1, [1])))])),
            "Cell 0 of 'groundTruth' in the .mat file has no field 'Segmentation'");
        Refused(
            MatDraft.File(MatDraft.Cells("groundTruth",
            [
                MatDraft.Structure(("Segmentation", MatDraft.UInt16s(1, 2, [1, 2]))),
                MatDraft.Structure(("Segmentation", MatDraft.UInt16s(2, 1, [1, 2]))),
            ])),
            "differ in size: 2 x 1 and 1 x 2");
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        foreach (byte[] whole in new[] { MatDraft.GroundTruth(2, 3, First), MatDraft.File(MatDraft.Truth(2, 3, First)) })
        {
            for (int length = 0; length < whole.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() => BerkeleyGroundTruth.Read(whole.AsMemory(0, length)));
            }
        }
    }

    [Fact]
    public void No_byte_of_damage_gives_another_error()
    {
        byte[] whole = MatDraft.File(MatDraft.Truth(2, 3, First, Second));
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte change in new byte[] { 0x15, 0x80, 0xFF })
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= change;
                // Names and values may change without harm to the format.
                Exception? problem = Record.Exception(() => BerkeleyGroundTruth.Read(damaged));
                Assert.True(problem is null or InvalidDataException, $"byte {at}: {problem}");
            }
        }
    }

    [Fact]
    public void Arrays_within_arrays_end_somewhere()
    {
        byte[] deep = MatDraft.Doubles(1, 1, 1);
        for (int i = 0; i < 500; i++)
        {
            deep = MatDraft.Cells("groundTruth", [deep]);
        }

        Refused(MatDraft.File(deep), "deep");
    }

    private void Refused(byte[] contents, string reason)
    {
        string file = _folder.Write("a.mat", contents);
        var error = Assert.Throws<LabelMapException>(() => LabelMapReader.Read(file));
        Assert.Contains(reason, error.Message);
        Assert.Contains(file, error.Message);
        Assert.Equal(file, error.Path);
    }
}
