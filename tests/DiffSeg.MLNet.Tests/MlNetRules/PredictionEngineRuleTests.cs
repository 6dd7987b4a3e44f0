using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

public sealed class PredictionEngineRuleTests
{
    private readonly MLContext _ml = new(1);
    private int _runs;

    [Fact]
    public void Each_prediction_is_computed_from_its_own_input()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling());
        Output first = engine.Predict(new Input { Values = [1, 2] });
        Output second = engine.Predict(new Input { Values = [5, 6] });
        Assert.Equal([2, 4], first.Doubled);
        Assert.Equal([10, 12], second.Doubled);
        Assert.Equal(2, _runs);
        Assert.Equal(["Values", "Doubled"], engine.OutputSchema.Select(c => c.Name));
    }

    [Fact]
    public void A_given_prediction_is_filled_and_its_array_reused()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling());
        var output = new Output();
        engine.Predict(new Input { Values = [1, 2] }, ref output);
        float[] array = output.Doubled;
        engine.Predict(new Input { Values = [3, 4] }, ref output);
        Assert.Same(array, output.Doubled);
        Assert.Equal([6, 8], output.Doubled);
    }

    [Fact]
    public void A_getter_runs_only_for_a_member_that_wants_it()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Nothing>(Doubling());
        engine.Predict(new Input { Values = [1, 2] });
        Assert.Equal(0, _runs);
    }

    [Fact]
    public void Missing_columns_are_ignored_unless_they_must_not()
    {
        ITransformer transformer = Doubling();
        using var engine = _ml.Model.CreatePredictionEngine<Input, WithMore>(
            transformer, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.Null(engine.Predict(new Input { Values = [1, 2] }).More);
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.CreatePredictionEngine<Input, WithMore>(transformer, ignoreMissingColumns: false));
        Assert.Contains("column 'More'", error.Message);
    }

    [Fact]
    public void An_engine_disposes_the_model_that_it_owns_and_only_that()
    {
        var chain = new TransformerChain<ITransformer>(Doubling());
        var witness = new Witness(chain);
        var borrowed = new PredictionEngineOptions { OwnsTransformer = false };
        _ml.Model.CreatePredictionEngine<Input, Output>(witness, borrowed).Dispose();
        Assert.Equal(0, witness.Disposed);
        _ml.Model.CreatePredictionEngine<Input, Output>(witness).Dispose();
        Assert.Equal(1, witness.Disposed);
    }

    [Fact]
    public void A_schema_definition_says_how_long_an_input_vector_is()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(OpenInput));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        using var engine = _ml.Model.CreatePredictionEngine<OpenInput, Output>(
            Doubling(), inputSchemaDefinition: definition);
        Assert.Equal("Vector<Single, 2>", engine.OutputSchema["Values"].Type.ToString());
        Assert.Equal([8, 2], engine.Predict(new OpenInput { Values = [4, 1] }).Doubled);
    }

    [Fact]
    public void A_null_example_is_refused()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Doubling());
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    private ITransformer Doubling() => _ml.Transforms.CustomMapping<OpenInput, Output>((input, output) =>
    {
        _runs++;
        output.Doubled = [.. input.Values!.Select(v => v * 2)];
    }, null).Fit(_ml.Data.LoadFromEnumerable([new Input()]));

    private sealed class Input
    {
        [VectorType(2)]
        public float[]? Values { get; set; }
    }

    private sealed class OpenInput
    {
        public float[]? Values { get; set; }
    }

    private sealed class Output
    {
        public float[] Doubled { get; set; } = [];
    }

    private sealed class WithMore
    {
        public float[]? Doubled { get; set; }

        public float[]? More { get; set; }
    }

    private sealed class Nothing;

    private sealed class Witness(ITransformer inner) : ITransformer, IDisposable
    {
        public int Disposed { get; private set; }

        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public void Dispose() => Disposed++;
    }
}
