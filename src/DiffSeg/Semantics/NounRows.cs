using System.Numerics.Tensors;

namespace DiffSeg.Semantics;

/// <summary>The maps of some nouns at the size of a mask, made row by row when they are read.</summary>
internal sealed class NounRows
{
    private readonly Level[] _levels;
    private readonly int _nouns;
    private readonly int _width;
    private readonly float[] _sum;
    private readonly float[] _share;

    /// <summary>Prepares the maps.</summary>
    /// <param name="attention">The cross-attention.</param>
    /// <param name="nouns">The nouns.</param>
    /// <param name="grid">The mask, in tokens of the finest resolution.</param>
    /// <exception cref="ArgumentException">A noun has a token that the text has not, or the grid is impossible.</exception>
    public NounRows(CrossAttention attention, IReadOnlyList<Noun> nouns, MaskGrid grid)
    {
        grid.Check();
        foreach (Noun noun in nouns)
        {
            ArgumentNullException.ThrowIfNull(noun, nameof(nouns));
            if (noun.Tokens.Any(token => token >= attention.TextTokens))
            {
                throw new ArgumentException(
                    $"The noun \"{noun}\" has token {noun.Tokens.Max()}, but the text has {attention.TextTokens} tokens, the first "
                    + "of which is number 0.",
                    nameof(nouns));
            }
        }

        (_nouns, _width) = (nouns.Count, grid.OutputWidth);
        _levels = [.. attention.Levels.Select(level => new Level(level, nouns, grid, attention.Height, attention.Width))];
        _sum = new float[_width];
        _share = new float[_width];
    }

    /// <summary>Makes one row of every noun's map.</summary>
    /// <param name="y">Row of the mask.</param>
    /// <param name="rows">Takes the rows, one after the other.</param>
    public void Read(int y, Span<float> rows)
    {
        rows.Clear();
        foreach (Level level in _levels)
        {
            level.Resample(level.Source.Sum, y, _sum);
            for (int noun = 0; noun < _nouns; noun++)
            {
                Span<float> row = rows.Slice(noun * _width, _width);
                level.Resample(level.Maps[noun], y, _share);
                TensorPrimitives.Divide(_share, _sum, _share);
                TensorPrimitives.Multiply(_share, level.Source.Weight, _share);
                TensorPrimitives.Add(row, _share, row);
            }
        }
    }

    /// <summary>One resolution: the nouns' maps there, and the way to the mask.</summary>
    private sealed class Level
    {
        private readonly BilinearAxis _rows;
        private readonly BilinearAxis _columns;
        private readonly float[] _blend;

        public Level(CrossAttentionLevel source, IReadOnlyList<Noun> nouns, MaskGrid grid, int height, int width)
        {
            Source = source;
            Maps = [.. nouns.Select(noun => source.Mean(noun.Tokens))];

            // The grid counts in tokens of the finest resolution.
            double down = (double)source.Height / height;
            double across = (double)source.Width / width;
            _rows = BilinearAxis.Create(source.Height, grid.OutputHeight, grid.Top * down, grid.SpanHeight * down);
            _columns = BilinearAxis.Create(source.Width, grid.OutputWidth, grid.Left * across, grid.SpanWidth * across);
            _blend = new float[source.Width];
        }

        public CrossAttentionLevel Source { get; }

        public float[][] Maps { get; }

        public void Resample(float[] map, int y, Span<float> destination)
        {
            int width = Source.Width;
            ReadOnlySpan<float> above = map.AsSpan(_rows.Lower[y] * width, width);
            ReadOnlySpan<float> below = map.AsSpan(_rows.Upper[y] * width, width);
            for (int x = 0; x < width; x++)
            {
                _blend[x] = above[x] + ((below[x] - above[x]) * _rows.UpperWeight[y]);
            }

            _columns.Resample(_blend, destination);
        }
    }
}
