using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>Computes the mask of one row, once, whatever is asked about it.</summary>
internal sealed class MaskRow : RowComputation
{
    private readonly MaskMapping _mapping;
    private readonly MaskEngine _engine;
    private readonly LoanGetter[] _attention;
    private readonly PictureSizeGetter? _pictureSize;
    private readonly RowText _pictureStatus;
    private readonly RowText _path;
    private Segmentation? _result;
    private string _status = "";

    public MaskRow(MaskMapping mapping, DataViewRow input)
        : base(input)
    {
        _mapping = mapping;
        _engine = new MaskEngine(mapping.Settings);
        // With the shapes known beforehand, the columns pass through one buffer, one after the other.
        AttentionReader.Copy? shared = mapping.Shapes is null ? null : new();
        _attention = [.. mapping.Attention.Select(column => AttentionReader.Over(input, column, shared ?? new(), _engine))];
        _pictureSize = mapping.Image is { } image ? PictureSizes.Of(input, image) : null;
        _pictureStatus = new RowText(input, mapping.PictureStatus);
        _path = new RowText(input, mapping.Path);
    }

    public override Delegate GetterOf(int added) => _mapping.Outputs[added] switch
    {
        MaskOutput.Mask => (ValueGetter<VBuffer<ushort>>)Mask,
        MaskOutput.Status => (ValueGetter<ReadOnlyMemory<char>>)Status,
        MaskOutput.Height => Number(result => result.Height),
        MaskOutput.Width => Number(result => result.Width),
        MaskOutput.SegmentCount => Number(result => result.SegmentCount),
        _ => Number(result => result.Proposals.Count),
    };

    protected override void Compute()
    {
        try
        {
            ReadAttention(ImageSize());
            (_result, _status) = (_engine.Finish(), "");
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            SegmentationException failure = Failure(cause);
            if (!_mapping.Settings.TellsStatus || failure.Fault != SegmentationFault.Row)
            {
                throw failure;
            }

            (_result, _status) = (null, failure.Reason);
        }
    }

    private (int Height, int Width)? ImageSize()
        => _pictureSize is null ? null : _pictureSize() ?? throw NoPicture.In(_mapping.Image!.Value.Name, _pictureStatus.Read());

    private void ReadAttention((int Height, int Width)? image)
    {
        IReadOnlyList<AttentionShape> shapes = _mapping.Shapes ?? [.. _attention.Select((attention, i) =>
            _mapping.ShapeOf(i) ?? AttentionColumn.ShapeOf(_mapping.Attention[i].Name, attention().Length))];
        _engine.Begin(shapes, image);
        foreach (int i in _engine.Order)
        {
            _engine.Add(i, _attention[i]());
        }
    }

    private void Mask(ref VBuffer<ushort> destination)
    {
        Refresh();
        ReadOnlySpan<ushort> labels = _result is { } result ? result.Labels : [];
        VBufferEditor<ushort> editor = VBufferEditor.Create(ref destination, labels.Length);
        labels.CopyTo(editor.Values);
        destination = editor.Commit();
    }

    private void Status(ref ReadOnlyMemory<char> destination)
    {
        Refresh();
        destination = _status.AsMemory();
    }

    private ValueGetter<int> Number(Func<Segmentation, int> of)
    {
        return Getter;

        void Getter(ref int destination)
        {
            Refresh();
            destination = _result is { } result ? of(result) : 0;
        }
    }

    private SegmentationException Failure(Exception cause) => SegmentationException.Of(Input.Position, _path.Read(), cause);
}
