using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

public sealed class ChainRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void A_chain_checks_all_promised_schemas_before_it_fits_anything()
    {
        var first = new Spy(_ml);
        EstimatorChain<ITransformer> chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(first).Append<ITransformer>(_ml.Transforms.CopyColumns("B", "Nowhere"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(View()));
        Assert.Equal((1, 0), (first.Asked, first.Fitted));
    }

    [Fact]
    public void A_fitted_chain_lists_its_members_and_knows_the_last_one()
    {
        var chain = _ml.Transforms.CopyColumns("B", "A").Append(_ml.Transforms.SelectColumns("B")).Fit(View());
        Assert.Equal(2, chain.Count());
        Assert.Same(chain.Last(), chain.LastTransformer);
        Assert.Equal(["B"], chain.GetOutputSchema(View().Schema).Select(c => c.Name));
        Assert.Equal([5], chain.Transform(View()).GetColumn<int>("B"));
    }

    [Fact]
    public void An_empty_chain_gives_its_input()
    {
        IDataView view = View();
        var chain = new EstimatorChain<ITransformer>().Fit(view);
        Assert.Same(view, chain.Transform(view));
        Assert.Empty(chain);
    }

    [Fact]
    public void A_chain_disposes_its_members_once()
    {
        var member = new Member(_ml, mapsRows: true);
        var chain = new TransformerChain<ITransformer>(member);
        chain.Dispose();
        chain.Dispose();
        Assert.Equal(1, member.Disposed);
    }

    [Fact]
    public void One_member_that_maps_no_rows_takes_the_chain_its_row_mapper()
    {
        ITransformer chain = new TransformerChain<ITransformer>(
            new Member(_ml, mapsRows: true), new Member(_ml, mapsRows: false));
        Assert.False(chain.IsRowToRowMapper);
        Assert.Throws<InvalidOperationException>(() => chain.GetRowToRowMapper(View().Schema));
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Model.CreatePredictionEngine<Row, Copy>(chain));
        Assert.Contains("Must be a row to row mapper", error.Message);
    }

    [Fact]
    public void Row_mappers_ask_for_no_more_than_is_needed_of_the_input()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Row { A = 5, Other = 6 }]);
        ITransformer chain = _ml.Transforms.CopyColumns("B", "A")
            .Append(_ml.Transforms.CopyColumns("C", "B")).Fit(view);
        IRowToRowMapper mapper = chain.GetRowToRowMapper(view.Schema);
        Assert.Equal(["A"], mapper.GetDependencies([mapper.OutputSchema["C"]]).Select(c => c.Name));
        Assert.Equal(["Other"], mapper.GetDependencies([mapper.OutputSchema["Other"]]).Select(c => c.Name));
        Assert.Same(view.Schema, mapper.InputSchema);
    }

    [Fact]
    public void Row_mappers_take_rows_of_the_very_schema_instance_and_give_rows_of_theirs()
    {
        IDataView view = View();
        ITransformer copy = _ml.Transforms.CopyColumns("B", "A").Fit(view);
        IRowToRowMapper mapper = copy.GetRowToRowMapper(view.Schema);
        using DataViewRowCursor right = view.GetRowCursor(view.Schema);
        using DataViewRowCursor equalOnly = View().GetRowCursor(View().Schema);
        Assert.Same(mapper.OutputSchema, mapper.GetRow(right, mapper.OutputSchema).Schema);
        Assert.Throws<InvalidOperationException>(() => mapper.GetRow(equalOnly, mapper.OutputSchema));
        IRowToRowMapper chained = ((ITransformer)new TransformerChain<ITransformer>(copy)).GetRowToRowMapper(
            view.Schema);
        Assert.Throws<ArgumentOutOfRangeException>(() => chained.GetRow(equalOnly, chained.OutputSchema));
    }

    [Fact]
    public void A_cache_checkpoint_needs_an_estimator_and_changes_no_result()
    {
        Assert.Throws<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(_ml));
        var chain = _ml.Transforms.CopyColumns("B", "A").AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.CopyColumns("C", "B"));
        Assert.Equal([5], chain.Fit(View()).Transform(View()).GetColumn<int>("C"));
    }

    [Fact]
    public void Transformers_append_to_a_chain()
    {
        ITransformer first = _ml.Transforms.CopyColumns("B", "A").Fit(View());
        ITransformer second = _ml.Transforms.SelectColumns("B").Fit(first.Transform(View()));
        Assert.Equal([5], first.Append(second).Transform(View()).GetColumn<int>("B"));
    }

    private IDataView View() => _ml.Data.LoadFromEnumerable([new Row { A = 5 }]);

    private sealed class Row
    {
        public int A { get; set; }

        public int Other { get; set; }
    }

    private sealed class Copy
    {
        public int A { get; set; }
    }

    /// <summary>An estimator from outside, that tells what it was asked for.</summary>
    private sealed class Spy(MLContext ml) : IEstimator<ITransformer>
    {
        public int Asked { get; private set; }

        public int Fitted { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            Asked++;
            return inputSchema;
        }

        public ITransformer Fit(IDataView input)
        {
            Fitted++;
            return new Member(ml, mapsRows: true);
        }
    }

    /// <summary>A transformer from outside, that changes nothing.</summary>
    private sealed class Member(MLContext ml, bool mapsRows) : ITransformer, IDisposable
    {
        private readonly ITransformer _identity =
            ml.Transforms.SelectColumns("A").Fit(ml.Data.LoadFromEnumerable([new Row()]));

        public int Disposed { get; private set; }

        public bool IsRowToRowMapper => mapsRows;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _identity.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => _identity.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
            _identity.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public void Dispose() => Disposed++;
    }
}
