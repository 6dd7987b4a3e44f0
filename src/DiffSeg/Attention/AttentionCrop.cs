namespace DiffSeg;

/// <summary>Cuts a window out of maps that are aggregated already, and scales each map to sum to 1 again.</summary>
internal sealed class AttentionCrop
{
    /// <summary>Maps per range of the parallel loop.</summary>
    private const int Grain = 64;

    private readonly MapRows _maps;
    private readonly TokenWindow _window;
    private readonly float[] _destination;
    private readonly MapScale _scale = new();

    private AttentionCrop(MapRows maps, TokenWindow window, float[] destination)
    {
        _maps = maps;
        _window = window;
        _destination = destination;
    }

    /// <summary>Cuts.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="window">The tokens to keep, inside the map.</param>
    /// <param name="destination">Room for the maps of the window.</param>
    /// <param name="degree">Threads at most.</param>
    /// <exception cref="AttentionException">A token in the window attends to nothing in the window.</exception>
    public static void Run(MapRows maps, TokenWindow window, float[] destination, int degree)
    {
        AttentionCrop crop = new(maps, window, destination);
        RowParallel.For(window.Tokens, Grain, degree, crop.CutMaps);
        crop._scale.ThrowIfNothingShown(window);
    }

    private void CutMaps(int from, int to)
    {
        int tokens = _window.Tokens;
        using Scratch<float> scratch = new(2 * tokens);
        Span<float> shown = scratch.Span[..tokens];
        Span<float> zeros = scratch.Span[tokens..];
        zeros.Clear();
        for (int i = from; i < to; i++)
        {
            int token = _window.TokenAt(i, _maps.Width);
            _window.CopyFrom(_maps.Row(token), _maps.Width, shown);
            float share = _scale.OfWindow(RowSum.Of(shown), token);
            ReadOnlySpan<float> next = _maps.Row(_window.TokenAt(Math.Min(i + 1, to - 1), _maps.Width));
            RowScale.Write(
                shown, share, zeros, _destination.AsSpan(i * tokens, tokens), next, (long)tokens * tokens);
        }
    }
}
