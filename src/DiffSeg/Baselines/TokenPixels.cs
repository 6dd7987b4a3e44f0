namespace DiffSeg.Baselines;

/// <summary>How clusters of tokens become a mask.</summary>
public enum TokenPixels
{
    /// <summary>
    /// As DiffSeg's proposals do: the clusters' mean maps are upsampled bilinearly, and each pixel goes to the highest one, the
    /// first of equally high ones. A pixel may so go to another cluster than the token under it.
    /// </summary>
    Interpolate,

    /// <summary>Each pixel goes to the cluster of the token nearest to it: a mask of blocks.</summary>
    Nearest,
}
