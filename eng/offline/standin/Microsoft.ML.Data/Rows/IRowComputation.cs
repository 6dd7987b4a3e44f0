using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>What a transformer computes from the rows of one schema: the one thing that each transformer has to say.</summary>
internal interface IRowComputation
{
    IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The input columns, by index, that an output needs.</summary>
    IEnumerable<int> InputsOf(int output);

    /// <summary>A getter for each active output, null for the others. The disposer runs when the row is closed.</summary>
    Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer);
}
