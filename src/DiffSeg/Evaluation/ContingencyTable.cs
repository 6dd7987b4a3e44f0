using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DiffSeg.Evaluation;

/// <summary>How often each class of the ground truth meets each label of the mask, in one image.</summary>
/// <remarks>
/// The only pass over the pixels: histogram and region measures work from its cells. Pixels without a class are left
/// out. Holds the cells that occur, so its size does not depend on how large the label values are.
/// </remarks>
public sealed class ContingencyTable
{
    private readonly ContingencyCell[] _cells;
    private readonly long[] _classAreas;
    private readonly long[] _labelAreas;

    private ContingencyTable(ContingencyCell[] cells, int maxLabel)
    {
        _cells = cells;
        _classAreas = new long[cells.Length == 0 ? 0 : cells[^1].Class + 1];
        _labelAreas = new long[maxLabel + 1];
        foreach (ContingencyCell cell in cells)
        {
            _classAreas[cell.Class] += cell.Pixels;
            _labelAreas[cell.Label] += cell.Pixels;
            Pixels += cell.Pixels;
        }
    }

    /// <summary>Pixels that have a class.</summary>
    public long Pixels { get; }

    /// <summary>The highest label of the mask, pixels without a class included.</summary>
    public int MaxLabel => _labelAreas.Length - 1;

    /// <summary>The cells with a pixel, by class, then label.</summary>
    internal ReadOnlySpan<ContingencyCell> Cells => _cells;

    /// <summary>Counted pixels of each class, up to the highest that occurs.</summary>
    internal ReadOnlySpan<long> ClassAreas => _classAreas;

    /// <summary>Counted pixels of each label, up to <see cref="MaxLabel"/>.</summary>
    internal ReadOnlySpan<long> LabelAreas => _labelAreas;

    /// <summary>Counts the pixels of an image.</summary>
    /// <param name="truth">The ground truth.</param>
    /// <param name="mask">The mask's labels, height x width, row-major.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <returns>The table.</returns>
    /// <exception cref="EvaluationException">Mask and ground truth differ in size.</exception>
    public static ContingencyTable Count(LabelMap truth, ReadOnlySpan<ushort> mask, int height, int width)
    {
        SizeCheck.Same(truth, mask, height, width);
        ReadOnlySpan<ushort> classes = truth.Classes;
        Dictionary<uint, long> counts = [];
        int start = 0;
        for (int i = 1; i <= mask.Length; i++)
        {
            // Neighbours mostly agree, so a run is looked up once.
            if (i == mask.Length || mask[i] != mask[start] || classes[i] != classes[start])
            {
                if (classes[start] != LabelMap.Ignored)
                {
                    uint key = ((uint)classes[start] << 16) | mask[start];
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += i - start;
                }

                start = i;
            }
        }

        return new ContingencyTable(Sorted(counts), TensorPrimitives.Max(mask));
    }

    // In a fixed order, so that what is summed over the cells does not depend on the dictionary's.
    private static ContingencyCell[] Sorted(Dictionary<uint, long> counts)
    {
        uint[] keys = [.. counts.Keys];
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => new ContingencyCell((ushort)(key >> 16), (ushort)key, counts[key]));
    }
}
