using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Workout;

/// <summary>What ML.NET expects of every estimator and transformer, asked of every one of ours.</summary>
public sealed class EstimatorWorkoutTests(PhotoFiles photos) : IClassFixture<PhotoFiles>
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Names { get; } = [.. Subjects.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Promised_schema_is_the_delivered_one(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        IEstimator<ITransformer> estimator = subject.Make(_ml);

        SchemaShape promised = estimator.GetOutputSchema(SchemaProbe.ShapeOf(data));
        ITransformer transformer = estimator.Fit(data);
        IDataView result = transformer.Transform(data);
        SchemaShape delivered = SchemaProbe.ShapeOf(result);

        Assert.Equal(Describe(promised), Describe(delivered));
        Assert.Equal(Describe(transformer.GetOutputSchema(data.Schema)), Describe(result.Schema));
        Assert.Equal([.. data.Schema.Select(c => c.Name), .. subject.Added], result.Schema.Select(c => c.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wrong_schemas_are_refused_by_name(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        IEstimator<ITransformer> estimator = subject.Make(_ml);
        ITransformer transformer = estimator.Fit(data);

        foreach (Wrong wrong in subject.Wrongs)
        {
            IDataView bad = Spoil(data, wrong);
            SchemaShape shape = SchemaProbe.ShapeOf(bad);
            string expected = wrong.Missing
                ? $"Could not find input column '{wrong.Column}'"
                : $"Schema mismatch for input column '{wrong.Column}': expected ";
            Action[] uses =
            [
                () => estimator.Fit(bad),
                () => estimator.GetOutputSchema(shape),
                () => transformer.GetOutputSchema(bad.Schema),
                () => transformer.Transform(bad),
                () => transformer.GetRowToRowMapper(bad.Schema),
            ];
            foreach (Action use in uses)
            {
                var error = Assert.Throws<ArgumentOutOfRangeException>(use);
                Assert.StartsWith(expected, error.Message);
                Assert.Equal("inputSchema", error.ParamName);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mapper_rows_hold_what_the_view_holds(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        ITransformer transformer = subject.Make(_ml).Fit(data);
        Assert.True(transformer.IsRowToRowMapper);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(data.Schema);
        Assert.Same(data.Schema, mapper.InputSchema);

        DataViewSchema.Column[] added = RowValues.Columns(mapper.OutputSchema, subject.Added);
        using DataViewRowCursor cursor = data.GetRowCursor(mapper.GetDependencies(added));
        using DataViewRow row = mapper.GetRow(cursor, added);
        Assert.Same(mapper.OutputSchema, row.Schema);
        Func<string> read = RowValues.Reader(row, added);
        List<string> lines = [];
        while (cursor.MoveNext())
        {
            lines.Add(read());
            Assert.Equal(lines[^1], read());
            Assert.Equal(cursor.Position, row.Position);
        }

        Assert.Equal(RowValues.Read(transformer.Transform(data), subject.Added), lines);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_inputs_of_requested_columns_are_asked_for(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        IRowToRowMapper mapper = subject.Make(_ml).Fit(data).GetRowToRowMapper(data.Schema);

        string[] untouched = [data.Schema[0].Name];
        Assert.Equal(untouched, mapper.GetDependencies(RowValues.Columns(mapper.OutputSchema, untouched)).Select(c => c.Name));
        Assert.Empty(mapper.GetDependencies([]));
        Assert.Equal(
            subject.Inputs.Order(),
            mapper.GetDependencies([mapper.OutputSchema[subject.Added[0]]]).Select(c => c.Name).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sets_of_cursors_hold_every_row_once(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        IDataView result = subject.Make(_ml).Fit(data).Transform(data);
        DataViewSchema.Column[] columns = RowValues.Columns(result.Schema, subject.Added);

        DataViewRowCursor[] cursors = result.GetRowCursorSet(columns, 3);
        List<string> lines = [.. cursors.SelectMany(cursor => RowValues.Read(cursor, columns))];
        Array.ForEach(cursors, cursor => cursor.Dispose());

        Assert.Equal(RowValues.Read(result, subject.Added).Order(), lines.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_transformer_serves_many_threads(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        ITransformer transformer = subject.Make(_ml).Fit(data);
        List<string> expected = RowValues.Read(transformer.Transform(data), subject.Added);

        List<string>[] found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => RowValues.Read(transformer.Transform(data), subject.Added))));

        Assert.All(found, lines => Assert.Equal(expected, lines));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_model_gives_the_same_in_a_fresh_process(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        ITransformer transformer = subject.Make(_ml).Fit(data);

        string[] loaded = FreshProcess.Run(_ml, transformer, data.Schema, subject.Data, subject.Added);

        Assert.Equal(OptionsText.Of(DiffSegMaskTransformer.ReadOptions(transformer)), loaded[0]);
        Assert.Equal(RowValues.Read(transformer.Transform(data), subject.Added), loaded[1..]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loaded_model_adds_the_same_columns_and_no_others(string name)
    {
        Subject subject = Subjects.Of(name, photos.Joined);
        IDataView data = TestData.Make(_ml, subject.Data);
        ITransformer transformer = subject.Make(_ml).Fit(data);
        using var folder = new TemporaryFolder();

        _ml.Model.Save(transformer, data.Schema, folder.File("model.zip"));
        ITransformer loaded = _ml.Model.LoadChecked(folder.File("model.zip"), out DataViewSchema? schema);

        // Picture columns are not written into a model's input schema.
        Assert.Equal(
            data.Schema.Where(c => c.Type is not ImageDataViewType).Select(c => c.Name), schema!.Select(c => c.Name));
        Assert.Equal(
            transformer.GetOutputSchema(data.Schema).Select(c => c.Name),
            loaded.GetOutputSchema(data.Schema).Where(c => !c.IsHidden).Select(c => c.Name));
        Assert.True(loaded.IsRowToRowMapper);
    }

    // The data without a column, or with whole numbers in its place.
    private IDataView Spoil(IDataView data, Wrong wrong)
    {
        IDataView without = _ml.Transforms.DropColumns(wrong.Column).Fit(data).Transform(data);
        return wrong.Missing
            ? without
            : _ml.Transforms.CustomMapping<Nothing, WholeNumber>((_, _) => { }, null, null, Named(wrong.Column))
                .Fit(without).Transform(without);
    }

    private static SchemaDefinition Named(string column)
    {
        var definition = SchemaDefinition.Create(typeof(WholeNumber));
        definition[0].ColumnName = column;
        return definition;
    }

    private static IEnumerable<string> Describe(SchemaShape shape)
        => shape.Select(c => $"{c.Name} {c.Kind} {c.ItemType} key {c.IsKey} annotations {c.Annotations.Count}").Order();

    private static IEnumerable<string> Describe(DataViewSchema schema)
        => schema.Select(c => $"{c.Name} {c.Type} hidden {c.IsHidden} annotations {c.Annotations.Schema.Count}");

    private sealed class Nothing;

    private sealed class WholeNumber
    {
        public int Value { get; set; }
    }
}
