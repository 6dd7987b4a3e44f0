namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>The ways to segment that "diffseg eval" compares.</summary>
internal enum MethodKind
{
    /// <summary>DiffSeg.</summary>
    DiffSeg,

    /// <summary>K-means over the attention with the paper's constant number of clusters.</summary>
    KMeansConstant,

    /// <summary>K-means over the attention with as many clusters as the ground truth has classes.</summary>
    KMeansTruth,

    /// <summary>K-means over the attention with as many clusters as DiffSeg found segments.</summary>
    KMeansEqual,

    /// <summary>DBSCAN over the attention.</summary>
    Dbscan,

    /// <summary>The whole picture as one segment.</summary>
    OneSegment,

    /// <summary>K-means over colour and position, with as many clusters as DiffSeg found segments.</summary>
    ColourPosition,
}
