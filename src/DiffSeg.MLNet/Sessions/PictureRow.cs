using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Sessions;

/// <summary>A row of one picture, which is replaced by the next: what the steps of an encoder read.</summary>
internal sealed class PictureRow : DataViewRow
{
    public const string Column = "DiffSeg.Picture";

    private static readonly DataViewSchema OneColumn = MakeSchema();
    private long _position = -1;
    private MLImage? _picture;

    public override DataViewSchema Schema => OneColumn;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Moves on to another picture.</summary>
    /// <param name="picture">The picture, which a step may dispose; null to let go of the one before.</param>
    public void MoveTo(MLImage? picture)
    {
        _picture = picture;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => (ValueGetter<MLImage>)((ref MLImage picture) => picture = _picture!) as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{typeof(MLImage)}'.");

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    private static DataViewSchema MakeSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Column, new ImageDataViewType());
        return builder.ToSchema();
    }
}
