using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

public sealed class CustomMappingRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_function_runs_once_a_row_whatever_is_read_of_it()
    {
        int runs = 0;
        IDataView view = Apply<Number, Both>(
            (number, both) => (both.Sum, both.Product, runs) = (number.Value + 1, number.Value * 2, runs + 1));
        DataViewSchema.Column sum = view.Schema["Sum"];
        DataViewSchema.Column product = view.Schema["Product"];
        using DataViewRowCursor cursor = view.GetRowCursorSet([sum, product], 1)[0];
        ValueGetter<int> getSum = cursor.GetGetter<int>(sum);
        ValueGetter<int> getProduct = cursor.GetGetter<int>(product);
        int value = 0;
        cursor.MoveNext();
        getSum(ref value);
        getSum(ref value);
        getProduct(ref value);
        Assert.Equal((8, 1), (value, runs));
        cursor.MoveNext();
        cursor.MoveNext();
        Assert.Equal(1, runs);
    }

    [Fact]
    public void The_objects_are_reused_from_row_to_row()
    {
        var seen = new HashSet<Number>(ReferenceEqualityComparer.Instance);
        IDataView view = Apply<Number, Both>((number, _) => seen.Add(number));
        using DataViewRowCursor cursor = view.GetRowCursorSet([view.Schema["Sum"]], 1)[0];
        ValueGetter<int> getter = cursor.GetGetter<int>(view.Schema["Sum"]);
        int value = 0;
        while (cursor.MoveNext())
        {
            getter(ref value);
        }

        Assert.Single(seen);
    }

    [Fact]
    public void A_source_without_members_needs_no_column()
    {
        IDataView view = Apply<Nothing, Both>((_, both) => both.Sum = 9);
        Assert.Equal([9, 9, 9], view.GetColumn<int>("Sum"));
        ITransformer transformer = _ml.Transforms.CustomMapping<Nothing, Both>((_, _) => { }, null).Fit(View());
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(View().Schema);
        Assert.Empty(mapper.GetDependencies([mapper.OutputSchema["Sum"]]));
    }

    [Fact]
    public void An_estimator_gives_shape_columns_of_any_type_through_a_definition()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Vector));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.UInt16, 8, 8);
        definition["Values"].ColumnName = "Mask";
        SchemaShape shape = _ml.Transforms.CustomMapping<Nothing, Vector>((_, _) => { }, null, null, definition)
            .GetOutputSchema(new SchemaShape([]));
        SchemaShape.Column column = Assert.Single(shape);
        Assert.Equal(("Mask", SchemaShape.Column.VectorKind.Vector, false), (column.Name, column.Kind, column.IsKey));
        Assert.Equal(NumberDataViewType.UInt16, column.ItemType);
        Assert.Empty(column.Annotations);

        definition["Mask"].ColumnType = new VectorDataViewType(NumberDataViewType.UInt16);
        shape = _ml.Transforms.CustomMapping<Nothing, Vector>((_, _) => { }, null, null, definition)
            .GetOutputSchema(shape);
        Assert.Equal(SchemaShape.Column.VectorKind.VariableVector, Assert.Single(shape).Kind);
    }

    [Fact]
    public void A_promised_column_of_another_type_is_an_argument_error_with_both_types()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new TextNumber { Value = "7" }]);
        var estimator = _ml.Transforms.CustomMapping<Number, Both>((_, _) => { }, null);
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new EstimatorChain<ITransformer>().Append(estimator).Fit(view));
        Assert.StartsWith("Schema mismatch for input column 'Value': expected Int32, got String", error.Message);
    }

    [Fact]
    public void A_vector_of_known_size_fits_a_member_of_any_size_but_not_the_other_way_round()
    {
        IDataView sized = _ml.Data.LoadFromEnumerable([new Sized { Values = [1, 2] }]);
        IDataView open = _ml.Data.LoadFromEnumerable([new Vector { Values = [1, 2] }]);
        var any = new EstimatorChain<ITransformer>().Append(
            _ml.Transforms.CustomMapping<Vector, Both>((v, both) => both.Sum = v.Values!.Length, null));
        var exact = new EstimatorChain<ITransformer>().Append(
            _ml.Transforms.CustomMapping<Sized, Both>((_, _) => { }, null));
        Assert.Equal([2], any.Fit(sized).Transform(sized).GetColumn<int>("Sum"));
        Assert.Throws<ArgumentOutOfRangeException>(() => exact.Fit(open));
    }

    [Fact]
    public void A_vector_output_can_be_a_vector_buffer()
    {
        IDataView view = Apply<Number, Buffer>(
            (number, buffer) => buffer.Values = new VBuffer<float>(2, [number.Value, 1]));
        Assert.Equal("Vector<Single>", view.Schema["Values"].Type.ToString());
        Assert.Equal([4, 1], view.GetColumn<float[]>("Values").First());
    }

    [Fact]
    public void Without_a_contract_it_cannot_be_saved()
    {
        ITransformer transformer = _ml.Transforms.CustomMapping<Number, Both>((_, _) => { }, null).Fit(View());
        var error = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.Save(transformer, null, new MemoryStream()));
        Assert.Equal("Empty contract name for a transform: the transform cannot be saved", error.Message);
    }

    private IDataView View() => _ml.Data.LoadFromEnumerable(new[] { 4, 5, 6 }.Select(v => new Number { Value = v }));

    private IDataView Apply<TSrc, TDst>(Action<TSrc, TDst> action)
        where TSrc : class, new()
        where TDst : class, new() =>
        _ml.Transforms.CustomMapping(action, null).Fit(View()).Transform(View());

    private sealed class Number
    {
        public int Value { get; set; }
    }

    private sealed class TextNumber
    {
        public string? Value { get; set; }
    }

    private sealed class Both
    {
        public int Sum { get; set; }

        public int Product { get; set; }
    }

    private sealed class Nothing;

    private sealed class Vector
    {
        public ushort[]? Values { get; set; }
    }

    private sealed class Sized
    {
        [VectorType(2)]
        public ushort[]? Values { get; set; }
    }

    private sealed class Buffer
    {
        public VBuffer<float> Values { get; set; }
    }
}
