namespace DiffSeg.Evaluation;

/// <summary>Over what the labels of the masks are matched with the classes. Figures of different scopes do not compare.</summary>
public enum MatchingScope
{
    /// <summary>
    /// Each image's labels anew, as in DiffSeg's published evaluation: for labels that mean something within their image
    /// only.
    /// </summary>
    PerImage,

    /// <summary>
    /// Once for all images, as PiCIE and STEGO do: for methods whose label numbers mean the same in every image.
    /// </summary>
    PerDataSet,
}
