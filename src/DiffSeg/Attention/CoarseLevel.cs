using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>One resolution below the finest: its mean maps, upsampled one by one when they are wanted.</summary>
internal sealed class CoarseLevel
{
    private readonly LevelMean _mean;
    private readonly BilinearMap _upsampling;
    private readonly int[] _cellOf;
    private readonly MapScale _scale;
    private readonly float _weight;
    private readonly int _level;

    /// <summary>Prepares the upsampling to the finest resolution.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <param name="level">Which one this is, above 0.</param>
    /// <param name="weight">What each of its maps is to sum to.</param>
    /// <param name="mean">Its mean maps.</param>
    /// <param name="scale">Gives the factors.</param>
    public CoarseLevel(AttentionLadder ladder, int level, float weight, LevelMean mean, MapScale scale)
    {
        _mean = mean;
        _scale = scale;
        _weight = weight;
        _level = level;
        (int height, int width) = ladder.Levels[level];
        (int finestHeight, int finestWidth) = ladder.Levels[0];
        _upsampling = new BilinearMap(height, width, finestHeight, finestWidth);
        _cellOf = ladder.CellsOf(level);
    }

    /// <summary>Values that <see cref="AddTo"/> needs as scratch.</summary>
    public int ScratchLength => _mean.Tokens + BilinearMap.Slack + _upsampling.ScratchLength;

    /// <summary>The query token of this resolution that covers one of the finest.</summary>
    /// <param name="query">A query token of the finest resolution.</param>
    /// <returns>The query token here.</returns>
    public int CellOf(int query) => _cellOf[query];

    /// <summary>Upsamples a map along its key axes, scales it to its weight and adds it to another.</summary>
    /// <param name="cell">The query token here.</param>
    /// <param name="window">The part of the upsampled map that is wanted.</param>
    /// <param name="added">A map of the window's size.</param>
    /// <param name="destination">The sum, of the window's size.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    /// <remarks>
    /// The sum of the upsampled map is known from the map itself, so that the small one is scaled and not the large one.
    /// </remarks>
    public void AddTo(
        int cell, TokenWindow window, ReadOnlySpan<float> added, Span<float> destination, Span<float> scratch)
    {
        ReadOnlySpan<float> mean = _mean.Map(cell);
        int room = mean.Length + BilinearMap.Slack;
        Span<float> scaled = scratch[..mean.Length];
        TensorPrimitives.Multiply(mean, _upsampling.InputCoverage, scaled);
        float scale = _scale.Of(_weight, RowSum.Of(scaled), _level, cell);
        TensorPrimitives.Multiply(mean, scale, scaled);
        _upsampling.AddTo(scratch[..room], window, added, destination, scratch[room..]);
    }
}
