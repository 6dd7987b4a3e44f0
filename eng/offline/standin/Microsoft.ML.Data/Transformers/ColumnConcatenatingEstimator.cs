using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        _output = Guard.NotEmpty(outputColumnName, nameof(outputColumnName));
        _inputs = Guard.NotNull(inputColumnNames, nameof(inputColumnNames));
        Guard.Argument(_inputs.Length > 0, nameof(inputColumnNames), "Input columns not specified");
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Guard.NotNull(input, nameof(input));
        return new ColumnConcatenatingTransformer(_output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Guard.NotNull(inputSchema, nameof(inputSchema));
        SchemaShape.Column[] columns =
            Array.ConvertAll(_inputs, name => inputSchema.Find(name) ?? throw Guard.MissingColumn(name));
        foreach (SchemaShape.Column column in columns)
        {
            Guard.State(column.ItemType == columns[0].ItemType, "Concatenated columns should have the same type. " +
                $"Column '{column.Name}' has type of {column.ItemType}, but expected column type is " +
                $"{columns[0].ItemType}.");
        }
        bool variable = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With([new SchemaShape.Column(
            _output, variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            columns[0].ItemType, isKey: false)]);
    }
}
