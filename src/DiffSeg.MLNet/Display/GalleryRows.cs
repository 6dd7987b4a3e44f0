using System.Globalization;
using DiffSeg.Display;
using DiffSeg.MLNet.Evaluation;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Painting;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Display;

/// <summary>Reads the rows of a gallery, each once.</summary>
internal sealed class GalleryRows
{
    private readonly DataViewRowCursor _cursor;
    private readonly GalleryColumns _columns;
    private readonly PaintSettings _painting;
    private readonly string _folder;
    private readonly int _side;
    private readonly MapReader _mask;
    private readonly RowText? _path;
    private readonly ValueGetter<MLImage>? _image;
    private readonly RowText? _caption;
    private readonly RowText _status;
    private MLImage? _shown;

    private GalleryRows(DataViewRowCursor cursor, GalleryColumns columns, PaintSettings painting, string folder, int side)
    {
        (_cursor, _columns, _painting, _folder, _side) = (cursor, columns, painting, folder, side);
        _mask = new MapReader(cursor, columns.Mask);
        bool isImage = columns.Picture.Type is ImageDataViewType;
        _image = isImage ? cursor.GetGetter<MLImage>(columns.Picture) : null;
        _path = isImage ? null : new RowText(cursor, columns.Picture);
        _caption = columns.Caption is null ? null : new RowText(cursor, columns.Caption);
        _status = new RowText(cursor, columns.Status);
    }

    /// <summary>Reads the first rows.</summary>
    /// <param name="data">The view.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="painting">How masks lie on their pictures and are painted.</param>
    /// <param name="folder">Folder that the paths start from.</param>
    /// <param name="rows">How many, at most.</param>
    /// <param name="side">Longer side of the pictures kept, in pixels.</param>
    /// <param name="cancellationToken">Looked at between two rows.</param>
    public static List<(string Caption, IDisplay Display)> Read(
        IDataView data, GalleryColumns columns, PaintSettings painting, string folder, int rows, int side, CancellationToken cancellationToken)
    {
        // A single cursor of the set: the plain one may read batches of rows ahead that nobody will see.
        using DataViewRowCursor cursor = data.GetRowCursorSet(columns.All, 1)[0];
        GalleryRows reader = new(cursor, columns, painting, folder, side);
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
        string path = _path?.Read() ?? "";
        string caption = _caption?.Read()
            ?? (_path is null ? string.Create(CultureInfo.InvariantCulture, $"row {_cursor.Position}") : Path.GetFileName(path));
        if (_status.Read() is { Length: > 0 } reason)
        {
            // Its picture is not asked for: it may throw, or be a file that was refused for its size.
            return (caption, new DisplayNote(reason));
        }

        GalleryPicture? picture = _path is null ? Image() : GalleryPicture.OfFile(Path.Combine(_folder, path), _side);
        ushort[] labels = _mask.Values();
        (int height, int width) = _mask.Size() ?? picture?.CoveredSize(_painting) ?? (0, 0);
        if (labels.Length == 0 || (long)height * width != labels.Length)
        {
            throw Unfit(labels.Length, height, width);
        }

        MaskDisplay mask = new(labels, height, width, picture?.Shown)
        {
            Part = picture?.Part(_painting),
            Options = _painting.Overlay(),
        };
        return (picture is null && _path is not null ? $"{caption} (the file is not there or cannot be read)" : caption, mask);
    }

    private GalleryPicture? Image()
    {
        // The picture of the row before is handed back, so that ML.NET disposes what it made.
        _image!(ref _shown!);
        return GalleryPicture.Of(_shown, _side);
    }

    private InvalidOperationException Unfit(int labels, int height, int width)
    {
        string name = _columns.Mask.Name;
        return new InvalidOperationException(
            $"Row {_cursor.Position} cannot be shown: the mask in '{name}' has {labels} labels, but {height} x {width} are expected. Give "
            + $"the size by the column's type or by the columns '{name}Height' and '{name}Width' (MaskColumns.Size), and why rows have no "
            + $"mask by a text column '{name}Status' (MaskColumns.Status).");
    }
}
