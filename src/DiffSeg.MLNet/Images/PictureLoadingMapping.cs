using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Images;

/// <summary>The columns of loaded pictures over one input schema.</summary>
internal sealed class PictureLoadingMapping : ColumnMapping
{
    private readonly PictureLoadingSettings _settings;
    private readonly DataViewSchema.Column _path;

    private PictureLoadingMapping(DataViewSchema inputSchema, PictureLoadingSettings settings, DataViewSchema.Column path)
        : base(inputSchema, [.. NamesAndTypes(settings).Select(column => new AddedColumn(column.Name, column.Type, [path]))])
    {
        _settings = settings;
        _path = path;
    }

    public static PictureLoadingMapping Of(DataViewSchema inputSchema, PictureLoadingSettings settings)
        => new(inputSchema, settings, SchemaCheck.Text(inputSchema, settings.InputColumn));

    public static (string Name, DataViewType Type)[] NamesAndTypes(PictureLoadingSettings settings)
    {
        (string, DataViewType) picture = (settings.OutputColumn, new ImageDataViewType());
        return settings.TellsStatus
            ? [picture, (PictureLoadingSettings.StatusOf(settings.OutputColumn), TextDataViewType.Instance)]
            : [picture];
    }

    public override RowComputation Over(DataViewRow input) => new Row(this, input);

    private sealed class Row(PictureLoadingMapping mapping, DataViewRow input) : RowComputation(input)
    {
        private readonly ValueGetter<ReadOnlyMemory<char>> _path = input.GetGetter<ReadOnlyMemory<char>>(mapping._path);
        private readonly PictureLoader _loader = new(mapping._settings);
        private ReadOnlyMemory<char> _currentPath;
        private MLImage? _kept;
        private string _status = "";

        public override Delegate GetterOf(int added)
            => added == 0 ? (ValueGetter<MLImage>)Picture : (ValueGetter<ReadOnlyMemory<char>>)Status;

        public override void Dispose() => _kept?.Dispose();

        protected override void Compute()
        {
            _kept?.Dispose();
            _kept = null;
            _path(ref _currentPath);
            _kept = _loader.Load(_currentPath.ToString(), out _status);
        }

        // As with LoadImages, each picture is a new one and the reader's, and the one that is handed back is disposed. The
        // first reader gets what was loaded to know the status.
        private void Picture(ref MLImage destination)
        {
            destination?.Dispose();
            destination = null!;
            Refresh();
            destination = _kept ?? _loader.Load(_currentPath.ToString(), out _);
            _kept = null;
        }

        private void Status(ref ReadOnlyMemory<char> destination)
        {
            Refresh();
            destination = _status.AsMemory();
        }
    }
}
