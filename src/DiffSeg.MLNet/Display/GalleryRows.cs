using System.Globalization;
using DiffSeg.Display;
using DiffSeg.MLNet.Evaluation;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Display;

/// <summary>Reads the rows of a gallery, each once.</summary>
internal sealed class GalleryRows
{
    private readonly DataViewRowCursor _cursor;
    private readonly MapReader _mask;
    private readonly string _maskColumn;
    private readonly int _side;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _path;
    private readonly ValueGetter<MLImage>? _image;
    private readonly ValueGetter<ReadOnlyMemory<char>>? _caption;
    private MLImage? _shown;

    private GalleryRows(DataViewRowCursor cursor, GalleryColumns columns, int side)
    {
        (_cursor, _mask, _maskColumn, _side) = (cursor, new MapReader(cursor, columns.Mask), columns.Mask.Name, side);
        if (columns.Picture.Type is ImageDataViewType)
        {
            _image = cursor.GetGetter<MLImage>(columns.Picture);
        }
        else
        {
            _path = cursor.GetGetter<ReadOnlyMemory<char>>(columns.Picture);
        }

        _caption = columns.Caption is { } caption ? cursor.GetGetter<ReadOnlyMemory<char>>(caption) : null;
    }

    /// <summary>Reads the first rows.</summary>
    /// <param name="data">The view.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">How many, at most.</param>
    /// <param name="side">Longer side of the pictures kept, in pixels.</param>
    /// <param name="cancellationToken">Looked at between two rows.</param>
    public static List<(string Caption, IDisplay Display)> Read(
        IDataView data, GalleryColumns columns, int rows, int side, CancellationToken cancellationToken)
    {
        // A single cursor of the set: the plain one may read batches of rows ahead that nobody will see.
        using DataViewRowCursor cursor = data.GetRowCursorSet(columns.All, 1)[0];
        GalleryRows reader = new(cursor, columns, side);
        List<(string Caption, IDisplay Display)> items = [];
        while (items.Count < rows && cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            items.Add(reader.Row());
        }

        return items;
    }

    private (string Caption, IDisplay Display) Row()
    {
        ushort[] labels = _mask.Values();
        (Picture? picture, (int Height, int Width)? size, string name) = Picture();
        (int height, int width) = _mask.Size() ?? size ?? (0, 0);
        if (labels.Length == 0 || (long)height * width != labels.Length)
        {
            throw new InvalidOperationException(
                $"Row {_cursor.Position} cannot be shown: the mask in '{_maskColumn}' has {labels.Length} labels, but {height} x {width} "
                + $"are expected. Give the size by the column's type or by the columns '{_maskColumn}Height' and "
                + $"'{_maskColumn}Width' (MaskColumns.Size).");
        }

        MaskDisplay mask = new(labels, height, width, picture);
        string caption = _caption is null ? name : Text(_caption);
        return (picture is null && _path is not null ? $"{caption} (the file is not there or cannot be read)" : caption, mask);
    }

    // The picture, its size in the column, and what it is called.
    private (Picture? Picture, (int Height, int Width)? Size, string Name) Picture()
    {
        if (_path is not null)
        {
            string path = Text(_path);
            return (PictureCopy.OfFile(path, _side), null, Path.GetFileName(path));
        }

        // The picture of the row before is handed back, so that ML.NET disposes what it made.
        _image!(ref _shown!);
        string name = string.Create(CultureInfo.InvariantCulture, $"row {_cursor.Position}");
        return _shown is null ? (null, null, name) : (PictureCopy.Of(_shown, _side), (_shown.Height, _shown.Width), name);
    }

    private static string Text(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> text = default;
        getter(ref text);
        return text.ToString();
    }
}
