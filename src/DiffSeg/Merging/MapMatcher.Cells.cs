using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <content>The second stage: bounds from both sides by sums over cells.</content>
internal sealed partial class MapMatcher
{
    /// <summary>
    /// Chunks of cells summed in one go: few enough for those of the anchors in question to stay in the cache from one group of
    /// maps to the next.
    /// </summary>
    private const int Stretch = 16;

    /// <summary>Sums the cells for all candidates; all maps of the block take one stretch before any takes the next.</summary>
    private void AddCells(MapBlock block)
    {
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Span<int> chunks = stackalloc int[Stretch];
        ChunkRows cells = _anchors.Cells;
        for (int start = 0; start < cells.Chunks; start += chunks.Length)
        {
            chunks = chunks[..Math.Min(Stretch, cells.Chunks - start)];
            for (int i = 0; i < chunks.Length; i++)
            {
                chunks[i] = start + i;
            }

            for (int group = 0; group < block.Groups; group++)
            {
                Candidates candidates = block.Candidates(group);
                for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
                {
                    int count = candidates.Four(first, four);
                    JeffreysTile.Sums(cells, four, block.Maps.Cells, group * JeffreysTile.Maps, chunks, added);
                    for (int k = 0; k < count; k++)
                    {
                        (int anchor, Vector128<float> sums, Vector128<float> margins) = candidates.At(first + k);
                        candidates.Keep(anchor, sums + Vector128.Create<float>(added.Slice(4 * k, 4)), margins);
                    }
                }

                candidates.Close();
            }
        }
    }

    /// <summary>Settles what the bounds from the cells can settle.</summary>
    private void Settle(MapBlock block, int group)
    {
        ChunkRows maps = block.Maps.Roughness;
        Span<int> all = stackalloc int[maps.Chunks];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> shares = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int count = candidates.Four(first, four);
            JeffreysTile.Sums(_anchors.Roughness, four, maps, group * JeffreysTile.Maps, all, shares);
            for (int k = 0; k < count; k++)
            {
                (int anchor, Vector128<float> sums, _) = candidates.At(first + k);
                Vector128<float> share = Vector128.Create<float>(shares.Slice(4 * k, 4));
                sums *= UnitSplit.TokensPerCell;
                Bound(ref candidates, block, group, anchor, sums, DistanceBounds.Margins(sums, share));
            }
        }

        candidates.Close();
    }

    /// <summary>Settles what a sum within its margin can settle; keeps the candidate, unless all four maps are settled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Bound(
        ref Candidates candidates, MapBlock block, int group, int anchor, Vector128<float> sums, Vector128<float> margins)
    {
        Vector128<int> open = _bounds.Settle(ref sums, margins);
        if (open != Vector128<int>.Zero)
        {
            candidates.Keep(anchor, sums, margins);
        }
        else if (Vector128.EqualsAny(sums, Vector128.Create(float.NegativeInfinity)))
        {
            Mark(block, group, anchor, sums);
        }
    }
}
