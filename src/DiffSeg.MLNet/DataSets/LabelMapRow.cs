using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.DataSets;

/// <summary>Reads the label map of one row, once, whatever is asked about it.</summary>
internal sealed class LabelMapRow : RowComputation
{
    private readonly LabelMapSettings _settings;
    private readonly RowText _path;
    private readonly RowText _imagePath;
    private readonly PictureSizeGetter? _imageSize;
    private IReadOnlyList<LabelMap> _maps = [];

    public LabelMapRow(LabelMapMapping mapping, DataViewRow input)
        : base(input)
    {
        _settings = mapping.Settings;
        _path = new RowText(input, mapping.Inputs.Path);
        DataViewSchema.Column? image = mapping.Inputs.Image;
        _imagePath = new RowText(input, image is { Type: TextDataViewType } ? image : null);
        _imageSize = image is { Type: ImageDataViewType } picture ? PictureSizes.Of(input, picture) : null;
    }

    public override Delegate GetterOf(int added) => added switch
    {
        0 => (ValueGetter<VBuffer<ushort>>)Labels,
        1 => Number(() => _maps[0].Height),
        2 => Number(() => _maps[0].Width),
        _ => Number(() => _maps.Count),
    };

    protected override void Compute()
    {
        string path = _path.Read();
        if (path.Length == 0)
        {
            throw new LabelMapException("", $"Row {Input.Position} has no path of a label map in column '{_settings.PathColumn}'.");
        }

        IReadOnlyList<LabelMap> maps = LabelMapReader.Read(path, _settings.Classes, imagePath: _imagePath.Read() is { Length: > 0 } image ? image : null);
        CheckSize(path, maps[0]);
        _maps = [.. Chosen(maps, path).Select(_settings.Geometry.Apply)];
    }

    // A row without a picture has no size: what is missing there, others will say.
    private void CheckSize(string path, LabelMap map)
    {
        if (_imageSize?.Invoke() is { } image && image != (map.Height, map.Width))
        {
            throw new LabelMapException(
                path,
                $"The label map '{path}' is {map.Width} x {map.Height}, the picture in column '{_settings.ImageColumn}' "
                + $"{image.Width} x {image.Height}. They must be of one size: name the column of the original picture.");
        }
    }

    private IReadOnlyList<LabelMap> Chosen(IReadOnlyList<LabelMap> maps, string path)
    {
        if (_settings.AllAnnotators || (maps.Count == 1 && _settings.Annotator is null or 0))
        {
            return maps;
        }

        return _settings.Annotator is { } annotator && annotator < maps.Count
            ? [maps[annotator]]
            : throw new LabelMapException(
                path,
                $"The label map '{path}' was drawn by {maps.Count} annotators. Set {nameof(LabelMapOptions.Annotator)} to 0 to "
                + $"{maps.Count - 1} for one of them, or {nameof(LabelMapOptions.AllAnnotators)}.");
    }

    private void Labels(ref VBuffer<ushort> destination)
    {
        Refresh();
        VBufferEditor<ushort> editor = VBufferEditor.Create(ref destination, _maps.Sum(map => map.Classes.Length));
        Span<ushort> rest = editor.Values;
        foreach (LabelMap map in _maps)
        {
            map.Classes.CopyTo(rest);
            rest = rest[map.Classes.Length..];
        }

        destination = editor.Commit();
    }

    private ValueGetter<int> Number(Func<int> value)
    {
        return Getter;

        void Getter(ref int destination)
        {
            Refresh();
            destination = value();
        }
    }
}
