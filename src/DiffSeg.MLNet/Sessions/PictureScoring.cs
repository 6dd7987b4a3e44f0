using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Saving;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Sessions;

/// <summary>
/// The steps of the ready-made chain from a picture to its attention, as a prediction engine runs them: one row after the
/// other, in memory that is kept. For one thread at a time.
/// </summary>
internal sealed class PictureScoring : IDisposable
{
    private const string Resized = "DiffSeg.Resized";
    private readonly PictureRow _input = new();
    private readonly TransformerChain<ITransformer> _steps;
    private readonly DataViewRow _output;
    private readonly LoanGetter[] _attention;
    private readonly MaskEngine _engine;
    private readonly IReadOnlyList<AttentionShape> _shapes;

    /// <summary>Opens the model.</summary>
    /// <param name="catalog">Makes the steps.</param>
    /// <param name="model">The attention model.</param>
    /// <param name="settings">How pictures are fitted, and the mask settings of the model.</param>
    /// <param name="scoring">What the model runs on.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot run the model, or not on the GPU asked for.</exception>
    /// <exception cref="ArgumentException">The weights do not fit the model's resolutions.</exception>
    public PictureScoring(
        TransformsCatalog catalog, AttentionModel model, MaskSettings settings, AttentionScoringOptions scoring)
    {
        _shapes = settings.Shapes!;
        _engine = new MaskEngine(settings);

        // Makes the aggregator: weights that do not fit are told before the model is opened.
        _engine.Begin(_shapes, null);
        EstimatorChain<ITransformer> steps = PixelSteps.Append(
            new EstimatorChain<ITransformer>(), catalog, settings, PictureRow.Column, Resized, model.InputName);
        _steps = steps
            .Append<ITransformer>(new AttentionScoringEstimator(catalog, model, scoring))
            .Fit(new EmptyView(_input.Schema));
        IRowToRowMapper mapper = ((ITransformer)_steps).GetRowToRowMapper(_input.Schema);
        DataViewSchema.Column[] columns = [.. settings.InputColumns.Select(name => mapper.OutputSchema[name])];
        _output = mapper.GetRow(_input, columns);
        _attention = [.. columns.Select(column => AttentionReader.Over(_output, column, new(), _engine))];
    }

    /// <summary>Runs the model and aggregates what it gives.</summary>
    /// <param name="picture">The picture; a step may dispose it, later.</param>
    /// <param name="cancellationToken">Looked at before the model runs and between its outputs.</param>
    /// <returns>The attention, the caller's to dispose, and where the picture's pixels lie on it.</returns>
    public (AggregatedAttention Attention, MaskGrid Grid) Run(MLImage picture, CancellationToken cancellationToken)
    {
        try
        {
            _input.MoveTo(picture);
            _engine.Begin(_shapes, (picture.Height, picture.Width));
            foreach (int output in _engine.Order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _engine.Add(output, _attention[output]());
            }

            return _engine.Aggregate();
        }
        finally
        {
            _input.MoveTo(null);
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _steps.Dispose();
    }
}
