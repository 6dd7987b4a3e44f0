using DiffSeg.DataSets;
using DiffSeg.DataSets.Matlab;
using DiffSeg.Evaluation;
using DiffSeg.Fuzzing;
using DiffSeg.Pictures;
using DiffSeg.Tests.DataSets;
using DiffSeg.Tests.Pictures.Files;

namespace DiffSeg.Tests.Fuzzing;

/// <summary>Pictures, masks and ground truths that were made to do harm. What ML.NET decodes is fuzzed beside its step.</summary>
public sealed class ImageFuzzTests
{
    // zlib packs a thousand to one at most, and a pixel of one bit becomes a label of sixteen.
    private static readonly FuzzMemory Unpacked = new(4 << 20, 1032 * 50);

    private static readonly byte[][] Pictures = [.. SamplePictures.All.Values, .. PngSeeds.All];

    private static readonly byte[][] Matlab =
    [
        MatDraft.GroundTruth(5, 7, [.. Enumerable.Range(0, 35).Select(i => (ushort)i)], [.. Enumerable.Range(0, 35).Select(i => (ushort)(300 * i))]),
        MatDraft.File(MatDraft.Truth(4, 3, [.. Enumerable.Range(0, 12).Select(i => (ushort)(i / 3))])),
        MatDraft.File(MatDraft.Cells("groundTruth", [MatDraft.Structure(("Segmentation", MatDraft.Doubles(2, 2, 1, 2, 3, 4)))])),
    ];

    [Fact]
    public void Look_at_a_picture()
    {
        var limits = new PictureLimits { MaxPixels = 100_000, MaxFileBytes = 4_000 };
        new Fuzz("look at a picture", Picture, bytes =>
        {
            if (PictureFile.Problem(new MemoryStream(bytes), limits) is { } problem)
            {
                Assert.True(Enum.IsDefined(problem.Fault));
                Assert.False(problem.Text.Contains('\n') || problem.Text.Length is 0 or > 200, problem.Text);
                throw new InvalidDataException(problem.Text);
            }
        })
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    [Fact]
    public void Label_masks() => new Fuzz("label masks", Png, bytes => LabelPng.Read(new MemoryStream(bytes)))
    {
        Documented = [typeof(InvalidDataException)],
        Memory = Unpacked,
    }.Check();

    [Fact]
    public void Pictures_in_PNG() => new Fuzz("pictures in PNG", Png, bytes => new PngReader(new MemoryStream(bytes)).ReadPicture())
    {
        Documented = [typeof(InvalidDataException)],
        Memory = Unpacked,
    }.Check();

    [Fact]
    public void Ground_truth_in_PNG()
    {
        ClassTable?[] tables = [null, ClassTable.CocoStuff27, ClassTable.FigureGround];
        new Fuzz("ground truth in PNG", Png, bytes =>
        {
            foreach (ClassTable? table in tables)
            {
                PngLabels.Read(new PngReader(new MemoryStream(bytes)), "a.png", table);
            }
        })
        {
            Documented = [typeof(InvalidDataException), typeof(LabelMapException)],
            Memory = new(8 << 20, 3 * 1032 * 50),
        }.Check();
    }

    [Fact]
    public void Ground_truth_of_MATLAB() => new Fuzz("ground truth of MATLAB", random => Packed(random, random.Of(Matlab)), bytes =>
    {
        BerkeleyGroundTruth.CountAnnotators(bytes);
        BerkeleyGroundTruth.Read(bytes);
    })
    {
        Documented = [typeof(InvalidDataException)],
        Memory = Unpacked,
    }.Check();

    private static byte[] Picture(Random random) => random.OneIn(4) ? Png(random) : ByteMutator.Mutate(random, Pictures);

    private static byte[] Png(Random random) => random.OneIn(4) ? ByteMutator.Mutate(random, PngSeeds.All) : PngMutator.Mutate(random, random.Of(PngSeeds.All));

    // What a variable holds, changed before it is packed: a damaged stream of zlib tells nothing about what reads it.
    private static byte[] Packed(Random random, byte[] seed)
    {
        const int HeaderLength = 128;
        if (random.OneIn(4))
        {
            return ByteMutator.Mutate(random, Matlab);
        }

        byte[] variable = seed[HeaderLength..];
        if (variable[0] == (byte)MatType.Compressed)
        {
            variable = MatDraft.Truth(5, 7, [.. Enumerable.Range(0, 35).Select(i => (ushort)(i % 6))]);
        }

        byte[] changed = ByteMutator.Mutate(random, variable, seed);
        return MatDraft.File(random.OneIn(2) ? changed : MatDraft.Packed(changed));
    }
}
