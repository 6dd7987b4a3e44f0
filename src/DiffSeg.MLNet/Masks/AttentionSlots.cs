using DiffSeg.MLNet.Saving;

namespace DiffSeg.MLNet.Masks;

/// <summary>
/// How any number of attention columns goes into the fixed number of columns that a saved custom mapping has: one
/// each, or neighbours joined when there are more.
/// </summary>
internal static class AttentionSlots
{
    /// <summary>The number of slots, which is part of the file format.</summary>
    public const int Count = 16;

    public const string Name = SavedForm.Prefix + "Attention";

    /// <summary>The column of a slot: DiffSeg.Saved.Attention00, ...</summary>
    public static string NameOf(int slot) => $"{Name}{slot:00}";

    /// <summary>For each slot in use, the inputs in it, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(int inputs)
        => [.. Enumerable.Range(0, inputs).Chunk((inputs + Count - 1) / Count)];
}
