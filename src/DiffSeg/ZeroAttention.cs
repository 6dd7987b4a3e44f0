namespace DiffSeg;

/// <summary>What an aggregated attention value of exactly 0 does, whose logarithm does not exist.</summary>
public enum ZeroAttention
{
    /// <summary>
    /// As in the published code, where 0 gives a distance of NaN: a map that holds a 0 matches nothing, not even
    /// itself, so it starts no proposal and joins none. Its own pixels go to the other proposals.
    /// </summary>
    MatchesNothing,

    /// <summary>
    /// The logarithm is taken of the smallest positive normal number instead, so that a map with zeros takes part
    /// like any other. Useful for attention in half precision, where small values are lost.
    /// </summary>
    Clamp,
}
