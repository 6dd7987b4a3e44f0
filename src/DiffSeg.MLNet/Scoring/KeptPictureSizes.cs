using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>The sizes of pictures, kept without the pictures.</summary>
internal sealed class KeptPictureSizes(DataViewRow source, DataViewSchema.Column column, int places) : KeptColumn(places)
{
    private readonly ValueGetter<MLImage> _source = source.GetGetter<MLImage>(column);
    private readonly (int Height, int Width)?[] _sizes = new (int, int)?[places];
    private MLImage? _picture;

    public override Delegate Getter(Func<int> place)
        => throw new InvalidOperationException($"Of column '{column.Name}' only the pictures' sizes are known here.");

    public override PictureSizeGetter Sizes(Func<int> place) => () =>
    {
        if (place() is not Live and var kept)
        {
            ThrowProblem(kept);
            return _sizes[kept];
        }

        return Measure();
    };

    protected override void Take(int place) => _sizes[place] = Measure();

    private (int, int)? Measure()
    {
        _source(ref _picture!);
        return MissingPicture.Is(_picture) ? null : (_picture.Height, _picture.Width);
    }
}
