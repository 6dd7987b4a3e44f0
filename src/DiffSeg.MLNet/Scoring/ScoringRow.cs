using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>The attention of a row when it is asked for, and no sooner.</summary>
internal sealed class ScoringRow(ScoringMapping mapping, DataViewRow input) : RowComputation(input)
{
    private readonly ModelRun _run = new(mapping, input, mapping.Rows.Single);
    private readonly ScoredTensors _tensors = new(mapping.Session, mapping.Outputs, mapping.Rows.Single);
    private readonly bool[] _wanted = new bool[mapping.Outputs.Length];

    public override Delegate GetterOf(int added)
    {
        Want(added);
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> destination) =>
        {
            Refresh();
            Attention.Copy(_tensors.Read(added, 0), ref destination);
        });
    }

    public override LoanGetter Lend(int added)
    {
        Want(added);
        return () =>
        {
            Refresh();
            return _tensors.Read(added, 0);
        };
    }

    public override void Dispose()
    {
        _tensors.Dispose();
        _run.Dispose();
    }

    protected override void Compute()
    {
        _run.Take(0);
        _run.Execute(_tensors, _wanted, 1);
    }

    // Outputs that nobody asked for are not computed, although a prediction engine makes every column active.
    private void Want(int output)
    {
        _wanted[output] = true;
        Forget();
    }
}
