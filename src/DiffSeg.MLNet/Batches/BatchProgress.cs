namespace DiffSeg.MLNet;

/// <summary>How far the saving of a batch is.</summary>
/// <param name="Images">Images that the call is to take care of: those of its shard.</param>
/// <param name="Done">Images of them that are done, those included that were when the call began.</param>
/// <param name="Failed">Images of those of this call that have a reason in place of a mask.</param>
public readonly record struct BatchProgress(int Images, int Done, int Failed);
