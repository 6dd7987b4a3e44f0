using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>Reads a text column of a row, or of a cursor, which is a row that moves.</summary>
/// <param name="row">The row.</param>
/// <param name="column">An active column; null for one that the data has not, which is read as empty.</param>
internal sealed class RowText(DataViewRow row, DataViewSchema.Column? column)
{
    private readonly ValueGetter<ReadOnlyMemory<char>>? _getter =
        column is { } text ? row.GetGetter<ReadOnlyMemory<char>>(text) : null;

    /// <summary>The current row's text; empty where it has none.</summary>
    public string Read()
    {
        ReadOnlyMemory<char> text = default;
        _getter?.Invoke(ref text);
        return text.ToString();
    }
}
