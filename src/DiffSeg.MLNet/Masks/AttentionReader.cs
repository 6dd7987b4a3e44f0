using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>Reads one attention column of a row: in place where the row lends it, else as a copy.</summary>
internal static class AttentionReader
{
    /// <summary>The column's values.</summary>
    /// <param name="input">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="memory">Where a copy goes; columns may share it.</param>
    /// <param name="engine">Fills in zeros that are left out.</param>
    public static LoanGetter Over(DataViewRow input, DataViewSchema.Column column, Copy memory, MaskEngine engine)
    {
        if ((input as ILendingRow)?.Lend(column) is { } loan)
        {
            return loan;
        }

        ValueGetter<VBuffer<float>> getter = input.GetGetter<VBuffer<float>>(column);
        return () =>
        {
            if (memory.Column != column.Index || memory.Position != input.Position)
            {
                memory.Column = null;
                getter(ref memory.Values);
                (memory.Column, memory.Position) = (column.Index, input.Position);
            }

            return engine.Dense(memory.Values);
        };
    }

    /// <summary>The values of a column in a row, and which ones they are.</summary>
    public sealed class Copy
    {
        public VBuffer<float> Values;

        public int? Column { get; set; }

        public long Position { get; set; }
    }
}
