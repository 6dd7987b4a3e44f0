using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

/// <summary>Small random images: several labellings of one size, with few labels so that regions meet.</summary>
internal static class Labellings
{
    public static Gen<(int Height, int Width, ushort[][] Labels)> Of(int count, int labels = 5, int largestSide = 7) =>
        from height in Gen.Int[1, largestSide]
        from width in Gen.Int[1, largestSide]
        from each in Gen.Int[0, labels - 1].Select(label => (ushort)label).Array[height * width].Array[count]
        select (height, width, each);

    public static ContingencyTable Table(ushort[] truth, ushort[] mask) =>
        ContingencyTable.Count(new LabelMap(1, truth.Length, truth), mask, 1, mask.Length);

    /// <summary>The same regions under other numbers.</summary>
    public static ushort[] Renamed(ushort[] labels, int seed)
    {
        ushort[] names = [.. Enumerable.Range(0, 1000).Select(n => (ushort)n)];
        new Random(seed).Shuffle(names);
        return [.. labels.Select(label => names[label])];
    }
}
