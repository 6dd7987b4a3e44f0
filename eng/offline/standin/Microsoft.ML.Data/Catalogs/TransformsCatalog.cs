using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The transforms; their methods are extensions.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog(MLContext context)
    {
        Context = context;
        Conversion = new ConversionTransforms();
    }

    public ConversionTransforms Conversion { get; }

    internal MLContext Context { get; }

    public sealed class ConversionTransforms
    {
        internal ConversionTransforms() { }
    }
}

public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        new(outputColumnName, inputColumnName);

    public static ColumnConcatenatingEstimator Concatenate(
        this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        new(outputColumnName, inputColumnNames);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(keep: false, columnNames);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(keep: true, columnNames);
}

public static class ConversionsExtensionsCatalog
{
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null,
        DataKind outputKind = DataKind.Single) =>
        new(outputColumnName, inputColumnName, outputKind);

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs, string? inputColumnName = null,
        bool treatValuesAsKeyType = false)
    {
        Guard.Argument(!treatValuesAsKeyType, nameof(treatValuesAsKeyType),
            "The offline stand-in maps to values, not to keys.");
        return new(outputColumnName, keyValuePairs, inputColumnName);
    }
}
