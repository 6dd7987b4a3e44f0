using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>
/// The ready-made chain over good pictures and every kind of bad ones: each row has its mask or its reason, whichever way
/// the rows are read, and the masks are those of a chain that throws.
/// </summary>
public sealed class StatusChainTests(MixedRows mixed) : IClassFixture<MixedRows>
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public void Every_row_has_its_mask_or_its_reason(int lookAhead, bool useApplyOnnxModel)
    {
        using var chain = Chain(MaskColumns.Status, lookAhead, useApplyOnnxModel).Fit(Data());

        CheckAll(Read(chain.Transform(Data())));
    }

    [Fact]
    public void Masks_are_those_of_the_chain_that_throws()
    {
        IDataView good = _ml.Data.LoadFromEnumerable(Sources().Where(row => row.Reason.Length == 0));
        using var throwing = Chain(MaskColumns.None).Fit(good);
        using var telling = Chain(MaskColumns.Status).Fit(Data());

        string[] expected = [.. Read(throwing.Transform(good)).Select(Line)];
        string[] found = [.. Read(telling.Transform(Data())).Where(row => row.MaskStatus.Length == 0).Select(Line)];

        Assert.Equal(expected, found);
        Assert.Equal(expected, Read(telling.Transform(good)).Select(Line));
    }

    [Fact]
    public void Chain_without_a_status_throws_the_same_reasons()
    {
        using var chain = Chain(MaskColumns.None).Fit(Data());
        IDataView result = chain.Transform(Data());
        using DataViewRowCursor cursor = result.GetRowCursor([result.Schema["MaskHeight"]]);
        ValueGetter<int> height = cursor.GetGetter<int>(result.Schema["MaskHeight"]);
        List<string> reasons = [];
        for (int rows = 0; cursor.MoveNext();)
        {
            try
            {
                height(ref rows);
                reasons.Add("");
            }
            catch (SegmentationException thrown)
            {
                Assert.Equal(SegmentationFault.Row, thrown.Fault);
                reasons.Add(thrown.Reason);
            }
        }

        Assert.Equal(mixed.Rows.Select(row => row.Reason), reasons);
    }

    [Fact]
    public void Sets_of_cursors_share_them_out()
    {
        using var chain = Chain(MaskColumns.Status, lookAhead: 2).Fit(Data());
        IDataView result = chain.Transform(Data());
        DataViewSchema.Column[] columns = [.. new[] { "Number", "MaskStatus", "MaskHeight" }.Select(name => result.Schema[name])];
        var found = new SortedDictionary<int, string>();

        DataViewRowCursor[] cursors = result.GetRowCursorSet(columns, 3);
        foreach (DataViewRowCursor cursor in cursors)
        {
            ValueGetter<int> number = cursor.GetGetter<int>(columns[0]);
            ValueGetter<ReadOnlyMemory<char>> status = cursor.GetGetter<ReadOnlyMemory<char>>(columns[1]);
            ValueGetter<int> height = cursor.GetGetter<int>(columns[2]);
            while (cursor.MoveNext())
            {
                (int index, int rows, ReadOnlyMemory<char> text) = (0, 0, default);
                number(ref index);
                status(ref text);
                height(ref rows);
                Assert.Equal(text.Length == 0, rows > 0);
                found.Add(index, text.ToString());
            }
        }

        Array.ForEach(cursors, cursor => cursor.Dispose());
        Assert.Equal(mixed.Rows.Select(row => row.Reason), found.Values);
    }

    [Fact]
    public void Kept_rows_have_them_too()
    {
        using var chain = Chain(MaskColumns.Status).Fit(Data());
        IDataView cached = _ml.Data.Cache(chain.Transform(Data()), "ImagePath", "Number", "Mask", "MaskHeight", "MaskWidth", "MaskStatus");

        CheckAll(Read(cached));
        CheckAll(Read(cached));
    }

    [Fact]
    public void Prediction_engine_tells_them()
    {
        ITransformer chain = Chain(MaskColumns.Status).Fit(Data());
        using PredictionEngine<Source, Result> engine = _ml.Model.CreatePredictionEngine<Source, Result>(chain);

        CheckAll([.. Sources().Select(engine.Predict)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Saved_model_tells_them(bool withEngine)
    {
        using var folder = new TemporaryFolder();
        using (var chain = Chain(MaskColumns.Status | MaskColumns.All).Fit(Data()))
        {
            _ml.Model.Save(chain, Data().Schema, folder.File("model.zip"));
        }

        ITransformer loaded = _ml.Model.LoadChecked(folder.File("model.zip"), out _);
        DiffSegMaskOptions options = DiffSegMaskTransformer.ReadOptions(loaded)!;
        Assert.Equal(MaskColumns.Status | MaskColumns.All, options.Columns);
        Assert.Equal(PictureLimits.Default, options.Limits);
        if (withEngine)
        {
            using PredictionEngine<Source, Result> engine = _ml.Model.CreatePredictionEngine<Source, Result>(loaded);
            CheckAll([.. Sources().Select(engine.Predict)]);
        }
        else
        {
            CheckAll(Read(loaded.Transform(Data())));
            (loaded as IDisposable)?.Dispose();
        }
    }

    [Fact]
    public void Saved_model_that_throws_names_the_picture()
    {
        using var folder = new TemporaryFolder();
        using (var chain = Chain(MaskColumns.Size).Fit(Data()))
        {
            _ml.Model.Save(chain, Data().Schema, folder.File("model.zip"));
        }

        ITransformer loaded = _ml.Model.LoadChecked(folder.File("model.zip"), out _);
        using PredictionEngine<Source, SegmentedImage> engine = _ml.Model.CreatePredictionEngine<Source, SegmentedImage>(loaded);
        foreach ((MixedRow row, Source source) in mixed.Rows.Zip(Sources()).Where(pair => pair.First.Reason.Length > 0))
        {
            var thrown = Assert.Throws<SegmentationException>(() => engine.Predict(source));
            Assert.Equal(row.Reason, thrown.Reason);
            Assert.Equal(row.ImagePath, thrown.ImagePath ?? "");
            Assert.Contains(row.ImagePath, thrown.Message);
        }
    }

    [Fact]
    public void Status_alone_can_be_read()
    {
        using var chain = Chain(MaskColumns.Status).Fit(Data());
        Assert.Equal(
            mixed.Rows.Select(row => row.Reason), chain.Transform(Data()).GetColumn<string>("MaskStatus"));
    }

    private void CheckAll(IReadOnlyList<Result> found)
    {
        Assert.Equal(mixed.Rows.Select(row => row.Reason), found.Select(row => row.MaskStatus));
        foreach (Result row in found)
        {
            if (row.MaskStatus.Length > 0)
            {
                Assert.Equal((0, 0, 0), (row.MaskHeight, row.MaskWidth, row.Mask.Length));
            }
            else
            {
                Assert.Equal(30, row.MaskWidth);
                Assert.Equal(row.MaskHeight * row.MaskWidth, row.Mask.Length);
                Assert.True(row.Mask.Distinct().Count() > 1);
            }
        }
    }

    private IEstimator<TransformerChain<ITransformer>> Chain(MaskColumns columns, int lookAhead = 1, bool useApplyOnnxModel = false)
        => _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", mixed.Model, new() { AnchorsPerSide = 4, Size = MaskSize.Original, Columns = columns },
            scoring: new() { LookAhead = lookAhead }, useApplyOnnxModel: useApplyOnnxModel);

    private IDataView Data() => _ml.Data.LoadFromEnumerable(Sources());

    private IEnumerable<Source> Sources() => mixed.Rows.Select(
        (row, index) => new Source { ImagePath = row.ImagePath, Number = index, Reason = row.Reason });

    // A view without a status is read as one whose status is empty.
    private IReadOnlyList<Result> Read(IDataView view) => view.Schema.GetColumnOrNull("MaskStatus") is null
        ? [.. _ml.Data.CreateEnumerable<Result>(view, reuseRowObject: false, ignoreMissingColumns: true)]
        : [.. _ml.Data.CreateEnumerable<Result>(view, reuseRowObject: false)];

    private static string Line(Result row) => $"{row.ImagePath} {row.MaskHeight} {row.MaskWidth} {string.Join(',', row.Mask)}";

    internal sealed class Source : ImageSource
    {
        public int Number { get; set; }

        public string Reason { get; set; } = "";
    }

    internal sealed class Result : SegmentedImage
    {
        public string MaskStatus { get; set; } = "";
    }
}
