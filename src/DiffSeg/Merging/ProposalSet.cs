namespace DiffSeg;

/// <summary>
/// Object proposals: merged attention maps, one per (potential) segment (Tian et al., CVPR 2024, section 3.3).
/// </summary>
public sealed partial class ProposalSet
{
    private readonly float[] _values;

    internal ProposalSet(float[] values, int count, int height, int width)
    {
        _values = values;
        Count = count;
        Height = height;
        Width = width;
    }

    /// <summary>Number of proposals, K.</summary>
    public int Count { get; }

    /// <summary>Rows of each map.</summary>
    public int Height { get; }

    /// <summary>Columns of each map.</summary>
    public int Width { get; }

    /// <summary>Tokens of each map, N = Height x Width.</summary>
    public int Tokens => Height * Width;

    /// <summary>All maps [K, N], row-major; each sums to 1 like the attention it is the mean of.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count * Tokens);

    /// <summary>One proposal's map.</summary>
    /// <param name="proposal">Index of the proposal.</param>
    /// <returns>N values, row-major over the picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such proposal.</exception>
    public ReadOnlySpan<float> Map(int proposal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(proposal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(proposal, Count);
        return _values.AsSpan(proposal * Tokens, Tokens);
    }

    internal float[] Buffer => _values;
}
