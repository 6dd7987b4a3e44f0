using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>
/// The values of the added columns over one row that moves. Getters may be called several times per row or not at
/// all, so the work is done when the first one asks and is kept until the row has moved.
/// </summary>
internal abstract class RowComputation(DataViewRow input) : IDisposable
{
    private long _computed = -1;

    protected DataViewRow Input { get; } = input;

    /// <summary>The getter of an added column, a <see cref="ValueGetter{TValue}"/>, by its index among them.</summary>
    public abstract Delegate GetterOf(int added);

    /// <summary>Reads an added column in place (<see cref="ILendingRow.Lend"/>); null when it can only be copied.</summary>
    public virtual LoanGetter? Lend(int added) => null;

    /// <summary>Gives back what the computation holds besides garbage.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Computes every added value of the current row.</summary>
    protected abstract void Compute();

    /// <summary>Has the values of the current row computed again when they are next asked for.</summary>
    protected void Forget() => _computed = -1;

    /// <summary>Makes sure that the values belong to the current row.</summary>
    protected void Refresh()
    {
        long position = Input.Position;
        if (position < 0)
        {
            throw new InvalidOperationException("A value was asked for before the first row or after the last one.");
        }

        if (position != _computed)
        {
            // A row whose computation failed is not remembered: asking again tells the error again.
            _computed = -1;
            Compute();
            _computed = position;
        }
    }
}
