using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Painting;

/// <summary>The painted picture's column over one input schema.</summary>
internal sealed class PaintMapping : ColumnMapping
{
    private PaintMapping(DataViewSchema inputSchema, PaintSettings settings, PaintInputs inputs)
        : base(inputSchema, [new AddedColumn(settings.OutputColumn, new ImageDataViewType(), inputs.All)])
    {
        Inputs = inputs;
        Settings = settings.For(inputs.Mask);
    }

    /// <summary>The settings with the mask's size as far as this schema tells it.</summary>
    public PaintSettings Settings { get; }

    public PaintInputs Inputs { get; }

    public static PaintMapping Of(DataViewSchema inputSchema, PaintSettings settings)
        => new(inputSchema, settings, PaintInputs.Of(inputSchema, settings));

    public override RowComputation Over(DataViewRow input) => new Row(this, input);

    private sealed class Row(PaintMapping mapping, DataViewRow input) : RowComputation(input)
    {
        private readonly ValueGetter<MLImage> _image = input.GetGetter<MLImage>(mapping.Inputs.Image);
        private readonly ValueGetter<VBuffer<ushort>> _mask = input.GetGetter<VBuffer<ushort>>(mapping.Inputs.Mask);
        private readonly ValueGetter<int>? _height = mapping.Inputs.Height is { } h ? input.GetGetter<int>(h) : null;
        private readonly ValueGetter<int>? _width = mapping.Inputs.Width is { } w ? input.GetGetter<int>(w) : null;
        private readonly MaskPainter _painter = new(mapping.Settings);
        private readonly DenseVector<ushort> _dense = new();
        private MLImage? _picture;
        private VBuffer<ushort> _labels;

        public override Delegate GetterOf(int added) => (ValueGetter<MLImage>)Painted;

        protected override void Compute()
        {
            _mask(ref _labels);
            if (_labels.Length == 0)
            {
                // A row that failed and says why in its status: its picture may throw.
                return;
            }

            _image(ref _picture!);
            if (_picture is null)
            {
                throw NoPicture.In(mapping.Settings.ImageColumn);
            }
        }

        // Always a new picture, and what the caller hands back is left alone: CreateEnumerable and PredictionEngine hand
        // back the picture of the row before, which may still be in use.
        private void Painted(ref MLImage destination)
        {
            Refresh();
            destination = _labels.Length == 0 || MissingPicture.IsMarked(_picture) ? null! : _painter.Paint(_picture!, _dense.Of(_labels), Size());
        }

        private (int Height, int Width)? Size()
        {
            if (mapping.Settings.MaskHeight > 0)
            {
                return (mapping.Settings.MaskHeight, mapping.Settings.MaskWidth);
            }

            if (_height is null || _width is null)
            {
                return null;
            }

            int height = 0;
            int width = 0;
            _height(ref height);
            _width(ref width);
            return (height, width);
        }
    }
}
