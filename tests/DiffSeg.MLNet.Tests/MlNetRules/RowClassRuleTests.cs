using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>Classes as rows: LoadFromEnumerable, CreateEnumerable, GetColumn.</summary>
public sealed class RowClassRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Members_become_columns_fields_first()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Mixed()]);
        Assert.Equal(
            ["Field:Single", "Renamed:Int32", "Text:String", "Free:Vector<Single>", "Square:Vector<Single, 2, 2>",
                "Words:Vector<String>", "Vector:Vector<UInt16, 3>", "Flag:Boolean"],
            view.Schema.Select(c => $"{c.Name}:{c.Type}"));
    }

    [Fact]
    public void Values_make_the_round_trip()
    {
        var row = new Mixed
        {
            Field = 1.5f,
            Number = 3,
            Text = "abc",
            Free = [1, 2],
            Square = [1, 2, 3, 4],
            Words = ["x", "y"],
            Vector = new VBuffer<ushort>(3, [7, 8, 9]),
            Flag = true,
            Ignored = new object(),
        };
        IDataView view = _ml.Data.LoadFromEnumerable([row]);
        Mixed read = _ml.Data.CreateEnumerable<Mixed>(view, reuseRowObject: false).Single();
        Assert.Equal((1.5f, 3, "abc", true), (read.Field, read.Number, read.Text, read.Flag));
        Assert.Equal(row.Free, read.Free);
        Assert.Equal(row.Square, read.Square);
        Assert.Equal(row.Words, read.Words);
        Assert.Equal([7, 8, 9], read.Vector.DenseValues());
        Assert.Null(read.Ignored);
    }

    [Fact]
    public void A_null_text_reads_as_empty_and_a_null_array_as_null()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            [new Mixed { Square = [1, 2, 3, 4], Vector = new VBuffer<ushort>(3, [1, 2, 3]) }]);
        Mixed read = _ml.Data.CreateEnumerable<Mixed>(view, reuseRowObject: false).Single();
        Assert.Equal("", read.Text);
        Assert.Null(read.Free);
        Assert.Equal(0, view.GetColumn<VBuffer<float>>("Free").Single().Length);
    }

    [Fact]
    public void Without_reuse_each_row_is_its_own_object_with_reuse_all_are_one()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(Numbers(3));
        List<Number> own = [.. _ml.Data.CreateEnumerable<Number>(view, reuseRowObject: false)];
        List<Number> reused = [.. _ml.Data.CreateEnumerable<Number>(view, reuseRowObject: true)];
        Assert.Equal([0, 1, 2], own.Select(n => n.Value));
        Assert.Equal(3, own.Distinct().Count());
        Assert.Single(reused.Distinct());
        Assert.Equal(2, reused[0].Value);
    }

    [Fact]
    public void A_missing_column_is_an_error_unless_it_is_to_be_ignored()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(Numbers(1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Data.CreateEnumerable<Wider>(view, reuseRowObject: false));
        Assert.Contains("column 'Other'", error.Message);
        Assert.Equal(
            -1,
            _ml.Data.CreateEnumerable<Wider>(view, reuseRowObject: false, ignoreMissingColumns: true).Single().Other);
    }

    [Fact]
    public void A_member_of_another_type_is_an_error_that_names_both()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(Numbers(1));
        var error = Assert.Throws<InvalidOperationException>(
            () => _ml.Data.CreateEnumerable<TextValue>(view, reuseRowObject: false));
        Assert.Contains(
            "Can't bind the IDataView column 'Value' of type 'Int32' to field or property 'Value' of type " +
            "'System.String'", error.Message);
    }

    [Fact]
    public void A_member_type_without_a_column_type_is_an_error()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable([new Unknown()]));
        Assert.Contains(
            "Could not determine an IDataView type and registered custom types for member Uri", error.Message);
    }

    [Fact]
    public void A_schema_definition_renames_columns_and_fixes_vector_sizes()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Open));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 3);
        definition["Values"].ColumnName = "image";
        IDataView view = _ml.Data.LoadFromEnumerable([new Open { Values = [1, 2, 3] }], definition);
        Assert.Equal("Vector<Single, 1, 3>", view.Schema["image"].Type.ToString());
        Assert.Equal([1, 2, 3], view.GetColumn<float[]>("image").Single());

        definition = SchemaDefinition.Create(typeof(Open));
        definition["Values"].ColumnType = NumberDataViewType.Single;
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable([new Open()], definition));
    }

    [Fact]
    public void A_null_row_is_an_error_when_it_is_reached()
    {
        IDataView view = _ml.Data.LoadFromEnumerable<Number>([new Number(), null!]);
        var error = Assert.Throws<InvalidOperationException>(() => view.GetColumn<int>("Value").ToList());
        Assert.Contains("Encountered null when iterating over data", error.Message);
    }

    [Fact]
    public void Get_column_reads_values_texts_and_arrays()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            [new Mixed { Text = "abc", Free = [1, 2], Words = ["x"], Square = [1, 2, 3, 4],
                Vector = new VBuffer<ushort>(3, [1, 2, 3]) }]);
        Assert.Equal(["abc"], view.GetColumn<string>("Text"));
        Assert.Equal(["abc"], view.GetColumn<ReadOnlyMemory<char>>("Text").Select(t => t.ToString()));
        Assert.Equal([1, 2], view.GetColumn<float[]>("Free").Single());
        Assert.Equal(["x"], view.GetColumn<string[]>("Words").Single());
        Assert.Equal([1, 2, 3], view.GetColumn<VBuffer<ushort>>("Vector").Single().DenseValues());
        Assert.Throws<ArgumentOutOfRangeException>(() => view.GetColumn<float>("Text").ToList());
        Assert.Throws<ArgumentOutOfRangeException>(() => view.GetColumn<float>("Nowhere").ToList());
    }

    [Fact]
    public void Get_column_reuses_a_vectors_memory_from_row_to_row()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Open { Values = [1] }, new Open { Values = [2] }]);
        List<VBuffer<float>> kept = [.. view.GetColumn<VBuffer<float>>("Values")];
        Assert.Equal([2, 2], kept.Select(v => v.GetItemOrDefault(0)));
        Assert.Equal([1, 2], view.GetColumn<float[]>("Values").Select(v => v[0]));
    }

    [Fact]
    public void A_getter_of_another_type_or_of_an_inactive_column_is_an_error()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Wider()]);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Value"]]);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Value"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(view.Schema["Other"]));
        Assert.False(cursor.IsColumnActive(view.Schema["Other"]));
        Assert.Equal(-1, cursor.Position);
    }

    private static IEnumerable<Number> Numbers(int count) =>
        Enumerable.Range(0, count).Select(i => new Number { Value = i });

    private sealed class Mixed
    {
        public float Field;

        [ColumnName("Renamed")]
        public int Number { get; set; }

        public string? Text { get; set; }

        public float[]? Free { get; set; }

        [VectorType(2, 2)]
        public float[]? Square { get; set; }

        public string[]? Words { get; set; }

        [VectorType(3)]
        public VBuffer<ushort> Vector { get; set; }

        public bool Flag { get; set; }

        [NoColumn]
        public object? Ignored { get; set; }
    }

    private sealed class Number
    {
        public int Value { get; set; }
    }

    private sealed class Wider
    {
        public int Value { get; set; }

        public int Other { get; set; } = -1;
    }

    private sealed class TextValue
    {
        public string? Value { get; set; }
    }

    private sealed class Unknown
    {
        public Uri? Uri { get; set; }
    }

    private sealed class Open
    {
        public float[]? Values { get; set; }
    }
}
