using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>
/// Saving and loading. Each context has an extension registry of its own, so loading in a new context is as good as
/// loading in a new process for what a model must find by itself; the workout's tests load in a new process too.
/// </summary>
public sealed class ModelFileRuleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void A_chain_of_built_in_transformers_makes_the_round_trip()
    {
        IDataView view = View();
        ITransformer model = _ml.Transforms.Conversion.MapValue(
            "Word", new Dictionary<int, string> { [4] = "four" }, "Number")
            .Append(_ml.Transforms.CopyColumns("Twin", "Number"))
            .Append(_ml.Transforms.Conversion.ConvertType("Single", "Twin"))
            .Append(_ml.Transforms.Concatenate("All", "Single", "Single"))
            .Append(_ml.Transforms.DropColumns("Number"))
            .Append(_ml.Transforms.SelectColumns("All", "Word")).Fit(view);
        (ITransformer loaded, DataViewSchema? schema) = RoundTrip(model, view.Schema);
        IDataView result = loaded.Transform(view);
        Assert.Equal(["Number:Int32", "Values:Vector<Single, 2, 2>"], schema!.Select(c => $"{c.Name}:{c.Type}"));
        Assert.Equal(["All:Vector<Single, 2>", "Word:String"], result.Schema.Select(c => $"{c.Name}:{c.Type}"));
        Assert.Equal([4, 4], result.GetColumn<float[]>("All").First());
        Assert.Equal(["four", ""], result.GetColumn<string>("Word"));
        Assert.Equal(6, Assert.IsType<TransformerChain<ITransformer>>(loaded).Count());
    }

    [Fact]
    public void Picture_transformers_make_the_round_trip()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Photo { Path = "" }]);
        ITransformer model = _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.ResizeImages("Small", 3, 2, "Image"))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Small", offsetImage: 1, scaleImage: 2)).Fit(view);
        (ITransformer loaded, _) = RoundTrip(model, view.Schema);
        Assert.Equal("Vector<Single, 3, 2, 3>", loaded.Transform(view).Schema["Pixels"].Type.ToString());
    }

    [Fact]
    public void A_custom_mapping_is_found_by_its_contract_in_an_assembly_that_nobody_registered()
    {
        IDataView view = View();
        ITransformer model = _ml.Transforms.CustomMapping(new TripleFactory().GetMapping(), TripleFactory.Contract).Fit(
            view);
        (ITransformer loaded, _) = RoundTrip(model, view.Schema);
        Assert.Equal([12, 15], loaded.Transform(view).GetColumn<int>("Triple"));
    }

    [Fact]
    public void A_model_may_write_itself_as_another_one()
    {
        IDataView view = View();
        ITransformer disguised = new WritesItselfAs(
            new TransformerChain<ITransformer>(_ml.Transforms.CopyColumns("Twin", "Number").Fit(view)));
        (ITransformer loaded, _) = RoundTrip(new TransformerChain<ITransformer>(disguised), view.Schema);
        Assert.Equal([4, 5], loaded.Transform(view).GetColumn<int>("Twin"));
    }

    [Fact]
    public void A_model_that_writes_no_header_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => _ml.Model.Save(new WritesItselfAs(null), null, new MemoryStream()));
        Assert.Contains("ModelSignature not specified!", error.Message);
    }

    [Fact]
    public void Without_a_schema_none_is_loaded_and_an_empty_one_cannot_be_saved()
    {
        ITransformer model = _ml.Transforms.CopyColumns("Twin", "Number").Fit(View());
        Assert.Null(RoundTrip(model, null).Schema);
        var error = Assert.Throws<InvalidOperationException>(
            () => RoundTrip(model, new DataViewSchema.Builder().ToSchema()));
        Assert.Contains("No valid columns to save", error.Message);
    }

    [Fact]
    public void A_file_that_is_no_model_is_an_error()
    {
        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream("no model"u8.ToArray()), out _));
        Assert.Throws<FileNotFoundException>(() => new MLContext().Model.Load("no-such-file.zip", out _));
    }

    private static (ITransformer Model, DataViewSchema? Schema) RoundTrip(ITransformer model, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        stream.Position = 0;
        return (new MLContext().Model.Load(stream, out DataViewSchema loaded), loaded);
    }

    private IDataView View() =>
        _ml.Data.LoadFromEnumerable(
            [new Row { Number = 4, Values = [1, 2, 3, 4] }, new Row { Number = 5, Values = [0, 0, 0, 0] }]);

    private sealed class Row
    {
        public int Number { get; set; }

        [VectorType(2, 2)]
        public float[]? Values { get; set; }
    }

    private sealed class Photo
    {
        public string? Path { get; set; }
    }

    public sealed class TripleSource
    {
        public int Number { get; set; }
    }

    public sealed class TripleResult
    {
        public int Triple { get; set; }
    }

    [CustomMappingFactoryAttribute(Contract)]
    public sealed class TripleFactory : CustomMappingFactory<TripleSource, TripleResult>
    {
        public const string Contract = "diffseg-tests-triple";

        public override Action<TripleSource, TripleResult> GetMapping() => Map;

        private static void Map(TripleSource source, TripleResult result) => result.Triple = source.Number * 3;
    }

    private sealed class WritesItselfAs(ITransformer? other) : ITransformer
    {
        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => other!.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => other!.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => other!.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => other?.Save(ctx);
    }
}
