using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Merges matching maps into their mean.</summary>
internal static class MatchMean
{
    /// <summary>For each anchor, the mean of all maps that match it; NaN where none does.</summary>
    /// <param name="matches">The matches.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every 64 tokens.</param>
    /// <returns>One map per anchor.</returns>
    /// <remarks>
    /// Maps are added in order, in blocks of 64 and then block to block: two short sums of single precision instead
    /// of a long one, and the same bits for any number of threads, which share out the columns. Anchors on one object
    /// match the same maps of most blocks; such a sum is taken once.
    /// </remarks>
    public static MapRows Of(MatchMatrix matches, MapRows maps, int degree, CancellationToken cancellationToken)
    {
        int tokens = maps.Tokens;
        float[] means = new float[checked(matches.Anchors * tokens)];
        DistinctWords[] blocks = [.. Enumerable.Range(0, matches.WordsPerAnchor)
            .Select(block => new DistinctWords(matches, block))];
        int mostWords = blocks.Max(b => b.Words.Length);
        RowParallel.For(
            tokens,
            BlockSums.Columns,
            degree,
            (from, to) =>
            {
                int columns = to - from;
                using Scratch<float> sums = new(mostWords * columns);
                for (int block = 0; block < blocks.Length; block++)
                {
                    ReadOnlySpan<float> rows = maps.Values.AsSpan((block * MatchMatrix.WordSize * tokens) + from);
                    ulong[] words = blocks[block].Words;
                    for (int i = 0; i < words.Length; i++)
                    {
                        BlockSums.Sum(words[i], rows, tokens, sums.Span.Slice(i * columns, columns));
                    }

                    for (int anchor = 0; anchor < matches.Anchors; anchor++)
                    {
                        int word = blocks[block].WordOf[anchor];
                        if (word >= 0)
                        {
                            Span<float> mean = means.AsSpan((anchor * tokens) + from, columns);
                            TensorPrimitives.Add(mean, sums.Span.Slice(word * columns, columns), mean);
                        }
                    }
                }
            },
            cancellationToken);

        for (int anchor = 0; anchor < matches.Anchors; anchor++)
        {
            // No matches: 0 / 0, NaN.
            Span<float> mean = means.AsSpan(anchor * tokens, tokens);
            TensorPrimitives.Divide(mean, (float)matches.CountOf(anchor), mean);
        }

        return new MapRows(means, matches.Anchors, maps.Height, maps.Width, maps.Mass);
    }

    /// <summary>The different choices of maps among a block of 64, over all anchors.</summary>
    private readonly struct DistinctWords
    {
        public DistinctWords(MatchMatrix matches, int block)
        {
            WordOf = new int[matches.Anchors];
            Dictionary<ulong, int> numbers = [];
            for (int anchor = 0; anchor < WordOf.Length; anchor++)
            {
                ulong word = matches.Row(anchor)[block];
                if (word == 0)
                {
                    WordOf[anchor] = -1;
                }
                else if (!numbers.TryGetValue(word, out WordOf[anchor]))
                {
                    WordOf[anchor] = numbers.Count;
                    numbers.Add(word, numbers.Count);
                }
            }

            Words = [.. numbers.Keys];
        }

        public ulong[] Words { get; }

        public int[] WordOf { get; }
    }
}
