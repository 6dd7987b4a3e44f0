using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>The built-in transforms that move columns about.</summary>
public sealed class ColumnRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Selecting_keeps_the_named_columns_in_the_order_named()
    {
        IDataView view = View();
        Assert.Equal(["Text", "Number"], Names(Apply(_ml.Transforms.SelectColumns("Text", "Number"), view)));
    }

    [Fact]
    public void Dropping_removes_hidden_columns_of_the_name_too()
    {
        IDataView hidden = Apply(_ml.Transforms.CopyColumns("Number", "Vector"), View());
        Assert.Equal(["Number", "Number", "Text", "Vector"], Names(hidden));
        Assert.Equal(["Text", "Vector"], Names(Apply(_ml.Transforms.DropColumns("Number"), hidden)));
    }

    [Fact]
    public void A_missing_column_is_an_argument_error_in_these_words()
    {
        AssertMissing(_ml.Transforms.SelectColumns("X"));
        AssertMissing(_ml.Transforms.DropColumns("X"));
        AssertMissing(_ml.Transforms.CopyColumns("Y", "X"));
        AssertMissingInChain(_ml.Transforms.Concatenate("Y", "X"));
        AssertMissing(_ml.Transforms.LoadImages("Y", "", "X"));
        AssertMissing(_ml.Transforms.ResizeImages("Y", 2, 2, "X"));
        AssertMissing(_ml.Transforms.ExtractPixels("Y", "X"));
        AssertMissing(_ml.Transforms.Conversion.ConvertType("Y", "X"));
        AssertMissing(_ml.Transforms.Conversion.MapValue("Y", new Dictionary<int, string>(), "X"));

        void AssertMissing(IEstimator<ITransformer> estimator)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(View()));
            Assert.StartsWith("Could not find input column 'X'", error.Message);
            AssertMissingInChain(estimator);
        }

        void AssertMissingInChain(IEstimator<ITransformer> estimator)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(
                () => new EstimatorChain<ITransformer>().Append(estimator).Fit(View()));
            Assert.StartsWith("Could not find input column 'X'", error.Message);
            Assert.Equal("inputSchema", error.ParamName);
        }
    }

    [Fact]
    public void A_column_of_a_wrong_type_is_an_argument_error_with_both_types()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.LoadImages("Y", "", "Number").Fit(View()));
        Assert.StartsWith("Schema mismatch for input column 'Number': expected String, got Int32", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.ResizeImages("Y", 2, 2, "Text").Fit(View()));
        Assert.StartsWith("Schema mismatch for input column 'Text': expected image, got String", error.Message);
    }

    [Fact]
    public void Concatenating_puts_vectors_and_numbers_one_after_the_other()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Numbers { One = 1, Two = [2, 3], Any = [4] }]);
        IDataView fixedSize = Apply(_ml.Transforms.Concatenate("All", "One", "Two"), view);
        Assert.Equal("Vector<Single, 3>", fixedSize.Schema["All"].Type.ToString());
        Assert.Equal([1, 2, 3], fixedSize.GetColumn<float[]>("All").Single());
        IDataView openSize = Apply(_ml.Transforms.Concatenate("All", "Any", "One"), view);
        Assert.Equal("Vector<Single>", openSize.Schema["All"].Type.ToString());
        Assert.Equal([4, 1], openSize.GetColumn<float[]>("All").Single());
        Assert.Throws<InvalidOperationException>(() =>
            new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("All", "One", "Whole")).Fit(view));
    }

    [Fact]
    public void Mapping_values_gives_what_the_table_says_and_empty_text_for_the_rest()
    {
        var words = new Dictionary<int, string> { [1] = "one", [7] = "seven" };
        IDataView view = Apply(_ml.Transforms.Conversion.MapValue("Word", words, "Number"), View());
        Assert.Equal("String", view.Schema["Word"].Type.ToString());
        Assert.Equal(["seven", ""], view.GetColumn<string>("Word"));
    }

    [Fact]
    public void Converting_keeps_dimensions()
    {
        IDataView view = Apply(_ml.Transforms.Conversion.ConvertType("Exact", "Vector", DataKind.Single), View());
        Assert.Equal("Vector<Single, 1, 2>", view.Schema["Exact"].Type.ToString());
        Assert.Equal([65535, 1], view.GetColumn<float[]>("Exact").First());
    }

    [Fact]
    public void Copying_a_column_copies_no_values()
    {
        IDataView view = Apply(_ml.Transforms.CopyColumns("Twin", "Vector"), View());
        Assert.Equal(view.Schema["Vector"].Type, view.Schema["Twin"].Type);
        Assert.Equal(view.GetColumn<ushort[]>("Vector"), view.GetColumn<ushort[]>("Twin"));
    }

    private static IDataView Apply(IEstimator<ITransformer> estimator, IDataView view) =>
        estimator.Fit(view).Transform(view);

    private static IEnumerable<string> Names(IDataView view) => view.Schema.Select(c => c.Name);

    private IDataView View() => _ml.Data.LoadFromEnumerable([
        new Row { Number = 7, Text = "a", Vector = [65535, 1] }, new Row { Number = 2, Text = "b", Vector = [0, 2] }]);

    private sealed class Row
    {
        public int Number { get; set; }

        public string? Text { get; set; }

        [VectorType(1, 2)]
        public ushort[]? Vector { get; set; }
    }

    private sealed class Numbers
    {
        public float One { get; set; }

        [VectorType(2)]
        public float[]? Two { get; set; }

        public float[]? Any { get; set; }

        public int Whole { get; set; }
    }
}
