namespace DiffSeg;

/// <summary>What each map is multiplied with to sum to the weight of its resolution; keeps the first that cannot.</summary>
internal sealed class MapScale
{
    private readonly Lock _gate = new();
    private (int Level, int Query, float Sum)? _failed;

    /// <summary>The factor of one map.</summary>
    /// <param name="weight">What it is to sum to.</param>
    /// <param name="sum">What it sums to.</param>
    /// <param name="level">Its resolution.</param>
    /// <param name="query">Its query token.</param>
    /// <returns>weight / sum, which may not be finite: see <see cref="ThrowIfFailed"/>.</returns>
    public float Of(float weight, float sum, int level, int query)
    {
        float scale = weight / sum;
        if (!float.IsFinite(sum) || !float.IsFinite(scale))
        {
            lock (_gate)
            {
                if (_failed is not { } failed || (level, query).CompareTo((failed.Level, failed.Query)) < 0)
                {
                    _failed = (level, query, sum);
                }
            }
        }

        return scale;
    }

    /// <summary>Forgets the image.</summary>
    public void Clear() => _failed = null;

    /// <summary>Throws for the first map, of the finest resolution, that has no factor.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <exception cref="AttentionException">A map's sum is too large or too small for a float.</exception>
    public void ThrowIfFailed(AttentionLadder ladder)
    {
        if (_failed is { } failed)
        {
            (int height, int width) = ladder.Levels[failed.Level];
            throw BadAttention.NotNormalisable(
                ladder.FirstTensorOf(failed.Level), height, width, failed.Query, failed.Sum);
        }
    }
}
