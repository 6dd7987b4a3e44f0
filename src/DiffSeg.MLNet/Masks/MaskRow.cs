using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>Computes the mask of one row, once, whatever is asked about it.</summary>
internal sealed class MaskRow : RowComputation
{
    private readonly MaskMapping _mapping;
    private readonly MaskEngine _engine;
    private readonly ValueGetter<VBuffer<float>>[] _attention;
    private readonly ValueGetter<MLImage>? _image;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _path;
    private readonly VBuffer<float>[] _buffers;
    private MLImage? _picture;
    private Segmentation? _result;

    public MaskRow(MaskMapping mapping, DataViewRow input)
        : base(input)
    {
        _mapping = mapping;
        _engine = new MaskEngine(mapping.Settings);
        _attention = [.. mapping.Attention.Select(input.GetGetter<VBuffer<float>>)];
        _image = mapping.Image is { } image ? input.GetGetter<MLImage>(image) : null;
        _path = mapping.Path is { } path ? input.GetGetter<ReadOnlyMemory<char>>(path) : null;
        // With the shapes known beforehand, the columns pass through one buffer, one after the other.
        _buffers = new VBuffer<float>[mapping.Shapes is null ? _attention.Length : 1];
    }

    public override Delegate GetterOf(int added) => _mapping.Outputs[added] switch
    {
        MaskOutput.Mask => (ValueGetter<VBuffer<ushort>>)Mask,
        MaskOutput.Height => Number(result => result.Height),
        MaskOutput.Width => Number(result => result.Width),
        MaskOutput.SegmentCount => Number(result => result.SegmentCount),
        _ => Number(result => result.Proposals.Count),
    };

    protected override void Compute()
    {
        try
        {
            (int, int)? size = ImageSize();
            ReadAttention();
            _result = _engine.Finish(size);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw Failure(cause);
        }
    }

    private (int Height, int Width)? ImageSize()
    {
        if (_image is null)
        {
            return null;
        }

        _image(ref _picture!);
        return _picture is null
            ? throw NoPicture.In(_mapping.Image!.Value.Name)
            : (_picture.Height, _picture.Width);
    }

    private void ReadAttention()
    {
        if (_mapping.Shapes is { } known)
        {
            _engine.Begin(known);
            for (int i = 0; i < _attention.Length; i++)
            {
                _attention[i](ref _buffers[0]);
                _engine.Add(i, _engine.Dense(_buffers[0]));
            }

            return;
        }

        var shapes = new AttentionShape[_attention.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            _attention[i](ref _buffers[i]);
            shapes[i] = _mapping.ShapeOf(i) ?? AttentionColumn.ShapeOf(_mapping.Attention[i].Name, _buffers[i].Length);
        }

        _engine.Begin(shapes);
        for (int i = 0; i < shapes.Length; i++)
        {
            _engine.Add(i, _engine.Dense(_buffers[i]));
        }
    }

    private void Mask(ref VBuffer<ushort> destination)
    {
        Refresh();
        ReadOnlySpan<ushort> labels = _result!.Labels;
        VBufferEditor<ushort> editor = VBufferEditor.Create(ref destination, labels.Length);
        labels.CopyTo(editor.Values);
        destination = editor.Commit();
    }

    private ValueGetter<int> Number(Func<Segmentation, int> of)
    {
        return Getter;

        void Getter(ref int destination)
        {
            Refresh();
            destination = of(_result!);
        }
    }

    private SegmentationException Failure(Exception cause)
    {
        ReadOnlyMemory<char> path = default;
        _path?.Invoke(ref path);
        return SegmentationException.Of(Input.Position, path.ToString(), cause);
    }
}
