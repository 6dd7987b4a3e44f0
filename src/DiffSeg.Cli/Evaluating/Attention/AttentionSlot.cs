using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>The attention of one picture: from the model, or from the disk. Used again for another picture afterwards.</summary>
/// <param name="session">The model.</param>
internal sealed class AttentionSlot(ModelSession session) : IDisposable
{
    private readonly ModelSession.Row _row = new();
    private readonly float[]?[] _kept = new float[]?[session.Shapes.Count];
    private ValueGetter<VBuffer<float>>[] _getters = [];
    private DataViewRowCursor? _cursor;
    private VBuffer<float> _copy;
    private VBuffer<float> _dense;
    private bool _fromDisk;

    /// <summary>Number of tensors.</summary>
    public int Count => _kept.Length;

    /// <summary>Runs the model.</summary>
    /// <param name="pixels">The picture, [3, H, W].</param>
    public void Run(float[] pixels)
    {
        _row.Pixels = pixels;
        _fromDisk = false;
        if (_cursor is null)
        {
            DataViewRowCursor cursor = _cursor = session.Cursor(Rows());
            _getters = [.. Enumerable.Range(0, Count).Select(i => cursor.GetGetter<VBuffer<float>>(cursor.Schema[session.OutputName(i)]))];
        }

        _cursor.MoveNext();
        session.Count();

        // The first tensor that is read has the model run for all of them; the smallest is copied soonest.
        int smallest = Enumerable.Range(0, Count).MinBy(i => session.Shapes[i].Length);
        _getters[smallest](ref _copy);
    }

    /// <summary>Takes attention from the disk.</summary>
    /// <param name="read">Fills the memory of a tensor.</param>
    public void Load(Action<int, float[]> read)
    {
        _fromDisk = true;
        for (int i = 0; i < Count; i++)
        {
            read(i, _kept[i] ??= new float[session.Shapes[i].Length]);
        }
    }

    /// <summary>The values of a tensor, [heads, N, N]; valid until the next call.</summary>
    /// <param name="tensor">Its position among the model's outputs.</param>
    public ReadOnlySpan<float> Read(int tensor)
    {
        if (_fromDisk)
        {
            return _kept[tensor];
        }

        _getters[tensor](ref _copy);
        if (_copy.IsDense)
        {
            return _copy.GetValues();
        }

        _copy.CopyToDense(ref _dense);
        return _dense.GetValues();
    }

    /// <summary>Frees the place.</summary>
    public void Dispose() => _cursor?.Dispose();

    private IEnumerable<ModelSession.Row> Rows()
    {
        while (true)
        {
            yield return _row;
        }
    }
}
