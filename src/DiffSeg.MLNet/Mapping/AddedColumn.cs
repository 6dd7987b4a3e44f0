using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A column that a mapping adds, and the input columns that its value is computed from.</summary>
internal sealed record AddedColumn(string Name, DataViewType Type, IReadOnlyList<DataViewSchema.Column> Inputs);
