namespace DiffSeg.DataSets;

/// <summary>What the label maps of a data set tell, and so by which measures masks are compared with them.</summary>
public enum GroundTruthKind
{
    /// <summary>A class for every pixel.</summary>
    Classes,

    /// <summary>Segments without a class, by one annotator or several.</summary>
    Segments,

    /// <summary>Ground (0) and figure (1).</summary>
    FigureGround,
}
