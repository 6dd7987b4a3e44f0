using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.MlNetRules;

public sealed class SchemaRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void A_later_column_of_a_name_hides_the_earlier_one()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("a", NumberDataViewType.Int32);
        builder.AddColumn("b", NumberDataViewType.Int32);
        builder.AddColumn("a", TextDataViewType.Instance);
        DataViewSchema schema = builder.ToSchema();

        Assert.Equal([true, false, false], schema.Select(c => c.IsHidden));
        Assert.Equal(2, schema["a"].Index);
        Assert.Equal(TextDataViewType.Instance, schema.GetColumnOrNull("a")!.Value.Type);
        Assert.Null(schema.GetColumnOrNull("c"));
    }

    [Fact]
    public void A_computed_column_stands_right_after_the_one_that_it_hides_and_at_the_end_otherwise()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Pair { A = 1, B = 2 }]);
        Assert.Equal(["A", "A", "B"], Names(_ml.Transforms.CopyColumns("A", "B").Fit(view).Transform(view)));
        Assert.Equal(["A", "B", "C"], Names(_ml.Transforms.CopyColumns("C", "A").Fit(view).Transform(view)));
    }

    [Fact]
    public void An_unknown_column_is_an_argument_error_that_names_it()
    {
        DataViewSchema schema = _ml.Data.LoadFromEnumerable([new Pair()]).Schema;
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => schema["X"]);
        Assert.Equal("name", error.ParamName);
        Assert.StartsWith("Column 'X' not found", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[2]);
        Assert.Throws<ArgumentNullException>(() => schema.GetColumnOrNull(""));
    }

    [Fact]
    public void Types_have_these_texts()
    {
        Assert.Equal("Single", NumberDataViewType.Single.ToString());
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<Single, 4>", new VectorDataViewType(NumberDataViewType.Single, 4).ToString());
        Assert.Equal("Vector<UInt16, 2, 3>", new VectorDataViewType(NumberDataViewType.UInt16, 2, 3).ToString());
        Assert.Equal("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
        Assert.Equal("Key<UInt32, 0-4>", new KeyDataViewType(typeof(uint), 5).ToString());
        Assert.Equal("Image", new ImageDataViewType().ToString());
        Assert.Equal("Image<2, 3>", new ImageDataViewType(2, 3).ToString());
    }

    [Fact]
    public void Vector_types_are_equal_by_item_and_dimensions()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, 2, 3);
        Assert.True(type.Equals(new VectorDataViewType(NumberDataViewType.Single, 2, 3)));
        Assert.False(type.Equals(new VectorDataViewType(NumberDataViewType.Single, 6)));
        Assert.False(type.Equals(new VectorDataViewType(NumberDataViewType.Double, 2, 3)));
        Assert.Equal((6, true), (type.Size, type.IsKnownSize));
        var open = new VectorDataViewType(NumberDataViewType.Single, 2, 0);
        Assert.Equal((0, false), (open.Size, open.IsKnownSize));
        Assert.Equal(typeof(VBuffer<float>), type.RawType);
    }

    [Fact]
    public void Annotations_are_values_with_a_schema()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("Depth", NumberDataViewType.Int32, 7);
        builder.Add(
            "Names", new VectorDataViewType(NumberDataViewType.Single, 2),
            (ref VBuffer<float> v) => v = new VBuffer<float>(2, [1, 2]));
        DataViewSchema.Annotations annotations = builder.ToAnnotations();

        int depth = 0;
        annotations.GetValue("Depth", ref depth);
        VBuffer<float> names = default;
        annotations.GetValue("Names", ref names);
        Assert.Equal(7, depth);
        Assert.Equal([1, 2], names.GetValues().ToArray());
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Width", ref depth));
        Assert.Empty(DataViewSchema.Annotations.Empty.Schema);
    }

    [Fact]
    public void Copying_a_column_keeps_its_annotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("Depth", NumberDataViewType.Int32, 7);
        var input = new DataViewSchema.Builder();
        input.AddColumn("a", NumberDataViewType.Int32, builder.ToAnnotations());
        DataViewSchema output = _ml.Transforms.CopyColumns("b", "a")
            .Fit(_ml.Data.LoadFromEnumerable([new Lower()])).GetOutputSchema(input.ToSchema());
        Assert.Equal(["Depth"], output["b"].Annotations.Schema.Select(c => c.Name));
    }

    [Fact]
    public void A_vector_editor_reuses_arrays_that_are_large_enough()
    {
        VBuffer<float> vector = new(4, [1, 2, 3, 4]);
        var editor = VBufferEditor.Create(ref vector, 2);
        Assert.False(editor.CreatedNewValues);
        editor.Values[0] = 9;
        Assert.Equal(9, vector.GetValues()[0]);
        Assert.True(VBufferEditor.Create(ref vector, 5).CreatedNewValues);
        Assert.Equal(2, editor.Commit().Length);
    }

    [Fact]
    public void A_sparse_vector_gives_zeros_for_what_it_does_not_hold()
    {
        var vector = new VBuffer<float>(4, 2, [5, 7], [1, 3]);
        Assert.False(vector.IsDense);
        Assert.Equal([0, 5, 0, 7], vector.DenseValues());
        Assert.Equal(7, vector.GetItemOrDefault(3));
        var copy = new float[4];
        vector.CopyTo(copy);
        Assert.Equal([0, 5, 0, 7], copy);
        VBuffer<float> dense = default;
        vector.CopyToDense(ref dense);
        Assert.True(dense.IsDense);
        Assert.Equal([1, 3], vector.Items().Select(i => i.Key));
    }

    private static IEnumerable<string> Names(IDataView view) => view.Schema.Select(c => c.Name);

    private sealed class Pair
    {
        public int A { get; set; }

        public int B { get; set; }
    }

    private sealed class Lower
    {
#pragma warning disable IDE1006 // the column's name
        public int a { get; set; }
#pragma warning restore IDE1006
    }
}
