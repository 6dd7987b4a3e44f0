using System.Reflection;
using System.Runtime.ExceptionServices;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Scoring;

/// <summary>A column that is passed through, its values kept for the rows that are read ahead.</summary>
internal abstract class KeptColumn(int places)
{
    /// <summary>The place of a row that is not kept: the source stands at it.</summary>
    public const int Live = -1;

    private readonly ExceptionDispatchInfo?[] _problems = new ExceptionDispatchInfo?[places];

    /// <summary>A column of a source; null when values of its type cannot be kept.</summary>
    /// <param name="source">The row that moves.</param>
    /// <param name="column">An active column of it.</param>
    /// <param name="measuredOnly">Whether the column is a picture of which only the size will be read.</param>
    /// <param name="places">For how many rows.</param>
    public static KeptColumn? Over(DataViewRow source, DataViewSchema.Column column, bool measuredOnly, int places) => column.Type switch
    {
        ImageDataViewType when measuredOnly => new KeptPictureSizes(source, column, places),
        VectorDataViewType vector => Make(typeof(KeptVectors<>), vector.ItemType.RawType, source, column, places),
        PrimitiveDataViewType => Make(typeof(KeptValues<>), column.Type.RawType, source, column, places),
        // Pictures and the like belong to somebody, who may dispose them when the source moves. ML.NET's own cursors do
        // not read such columns ahead either.
        _ => null,
    };

    /// <summary>Keeps the source's current value, or what went wrong with it.</summary>
    public void Keep(int place)
    {
        _problems[place] = null;
        try
        {
            Take(place);
        }
        catch (Exception problem)
        {
            _problems[place] = ExceptionDispatchInfo.Capture(problem);
        }
    }

    /// <summary>A <see cref="ValueGetter{TValue}"/> for the values.</summary>
    /// <param name="place">Says where the current row is kept, <see cref="Live"/> for nowhere.</param>
    public abstract Delegate Getter(Func<int> place);

    /// <summary>The sizes of a column of pictures; null for other columns.</summary>
    public virtual PictureSizeGetter? Sizes(Func<int> place) => null;

    protected abstract void Take(int place);

    /// <summary>Throws what went wrong when the value was kept.</summary>
    protected void ThrowProblem(int place) => _problems[place]?.Throw();

    private static KeptColumn Make(Type generic, Type item, DataViewRow source, DataViewSchema.Column column, int places) =>
        (KeptColumn)Activator.CreateInstance(
            generic.MakeGenericType(item), BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions,
            null, [source, column, places], null)!;
}
