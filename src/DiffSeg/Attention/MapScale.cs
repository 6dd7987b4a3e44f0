namespace DiffSeg;

/// <summary>What each map is multiplied with to sum to the weight of its resolution; keeps the first that cannot.</summary>
internal sealed class MapScale
{
    /// <summary>In place of a resolution: the sum of all of them in the window.</summary>
    private const int Window = int.MaxValue;

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

    /// <summary>The factor of a map of which only a window is kept.</summary>
    /// <param name="sum">What the part in the window sums to.</param>
    /// <param name="query">Its query token on the whole map.</param>
    /// <returns>1 / sum, which may not be finite.</returns>
    public float OfWindow(float sum, int query) => Of(1, sum, Window, query);

    /// <summary>Forgets the image.</summary>
    public void Clear() => _failed = null;

    /// <summary>Throws for the first map, of the finest resolution, that has no factor.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <param name="window">The window that is kept.</param>
    /// <exception cref="AttentionException">
    /// A map's sum is too large or too small for a float, or nothing of a map lies in the window.
    /// </exception>
    public void ThrowIfFailed(AttentionLadder ladder, TokenWindow window)
    {
        if (_failed is { } failed)
        {
            ThrowIfNothingShown(window);
            (int height, int width) = ladder.Levels[failed.Level];
            throw BadAttention.NotNormalisable(
                ladder.FirstTensorOf(failed.Level), height, width, failed.Query, failed.Sum);
        }
    }

    /// <summary>Throws when a map shows nothing in the window.</summary>
    /// <param name="window">The window.</param>
    /// <exception cref="AttentionException">Nothing of a map lies in the window.</exception>
    public void ThrowIfNothingShown(TokenWindow window)
    {
        if (_failed is { Level: Window } failed)
        {
            throw BadAttention.NothingShown(failed.Query, window);
        }
    }
}
