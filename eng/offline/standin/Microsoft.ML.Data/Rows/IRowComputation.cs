using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>What a transformer computes from rows of one schema: all that a transformer has to say.</summary>
internal interface IRowComputation
{
    IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The input columns, by index, that an output needs.</summary>
    IEnumerable<int> InputsOf(int output);

    /// <summary>A getter for each active output, null for the others. The disposer runs on closing.</summary>
    Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer);
}
