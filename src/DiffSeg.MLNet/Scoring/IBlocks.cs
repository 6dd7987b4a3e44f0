namespace DiffSeg.MLNet.Scoring;

/// <summary>The blocks that a cursor walks over, and how they are filled and scored.</summary>
internal interface IBlocks : IDisposable
{
    /// <summary>The block that the cursor is at; null before the first one, after the last one, and as below.</summary>
    RowBlock? Current { get; }

    /// <summary>Whether without a current block the source itself stands at the cursor's row.</summary>
    bool SourceIsCurrent { get; }

    /// <summary>Moves on; false at the end.</summary>
    bool MoveNext();

    /// <summary>Makes a current block of the cursor's row if there is none, and scores it.</summary>
    void Score();
}
