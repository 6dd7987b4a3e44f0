using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>A cursor that is at its end stays there.</summary>
public sealed class CursorEndRuleTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<string> Views => ["enumerable", "cached", "shuffled", "taken", "skipped", "computed"];

    [Theory]
    [MemberData(nameof(Views))]
    public void After_the_last_row_there_is_none_however_often_one_asks(string kind)
    {
        IDataView view = View(kind);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Value"]]);
        var moves = new List<bool>();
        for (int i = 0; i < 8; i++)
        {
            moves.Add(cursor.MoveNext());
        }

        Assert.Equal([true, true, true, false, false, false, false, false], moves);
        Assert.Equal(-1, cursor.Position);
    }

    private IDataView View(string kind) => kind switch
    {
        "cached" => _ml.Data.Cache(Rows(3)),
        "shuffled" => _ml.Data.ShuffleRows(Rows(3), seed: 3),
        "taken" => _ml.Data.TakeRows(Rows(5), 3),
        "skipped" => _ml.Data.SkipRows(Rows(5), 2),
        "computed" => _ml.Transforms.CopyColumns("Copy", "Value").Fit(Rows(3)).Transform(Rows(3)),
        _ => Rows(3),
    };

    private IDataView Rows(int count)
        => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(index => new Row { Value = index }));

    private sealed class Row
    {
        public float Value { get; set; }
    }
}
