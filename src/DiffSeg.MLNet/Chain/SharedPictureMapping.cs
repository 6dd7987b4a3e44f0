using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Chain;

/// <summary>The shared picture's column over one input schema.</summary>
internal sealed class SharedPictureMapping : ColumnMapping
{
    private readonly SharedPictureSettings _settings;
    private readonly DataViewSchema.Column _picture;
    private readonly DataViewSchema.Column? _status;

    private SharedPictureMapping(
        DataViewSchema inputSchema, SharedPictureSettings settings, DataViewSchema.Column picture, DataViewSchema.Column? status)
        : base(inputSchema, [new AddedColumn(
            settings.OutputColumn, new ImageDataViewType(), status is { } text ? [picture, text] : [picture])])
    {
        _settings = settings;
        _picture = picture;
        _status = status;
    }

    public static SharedPictureMapping Of(DataViewSchema inputSchema, SharedPictureSettings settings)
        => new(
            inputSchema,
            settings,
            SchemaCheck.Image(inputSchema, settings.InputColumn),
            settings.StatusColumn is { } status ? SchemaCheck.Text(inputSchema, status) : null);

    public override RowComputation Over(DataViewRow input) => new Row(this, input);

    private sealed class Row(SharedPictureMapping mapping, DataViewRow input) : RowComputation(input)
    {
        private readonly ValueGetter<MLImage> _getter = input.GetGetter<MLImage>(mapping._picture);
        private readonly RowText _status = new(input, mapping._status);
        private readonly SharedPicture _shared = new(mapping._settings);
        private MLImage? _source;
        private MLImage? _picture;

        public override Delegate GetterOf(int added) => (ValueGetter<MLImage>)Picture;

        public override void Dispose() => _shared.Dispose();

        protected override void Compute()
        {
            _getter(ref _source!);
            // Thrown here, and not left to the mask: so the model does not run for nothing.
            _picture = MissingPicture.Is(_source) ? throw NoPicture.In(mapping._settings.InputColumn, _status.Read()) : _shared.Take(_source);
        }

        private void Picture(ref MLImage destination)
        {
            Refresh();
            destination = _picture!;
        }
    }
}
