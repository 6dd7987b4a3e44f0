using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators one after the other: each is fitted on what the ones before it give.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly EstimatorStep[] _steps;

    public EstimatorChain() : this([]) { }

    private EstimatorChain(EstimatorStep[] steps) => _steps = steps;

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        // A wrong chain fails before anything is fitted.
        GetOutputSchema(SchemaShape.Of(Guard.NotNull(input, nameof(input)).Schema));
        var transformers = new ITransformer[_steps.Length];
        for (int i = 0; i < _steps.Length; i++)
        {
            transformers[i] = _steps[i].Estimator.Fit(input);
            input = transformers[i].Transform(input);
            if (_steps[i].CacheAfter && i < _steps.Length - 1)
            {
                input = new CachedDataView(input);
            }
        }
        return new TransformerChain<TLastTransformer>(transformers, _steps.Select(s => s.Scope).ToArray());
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        _steps.Aggregate(inputSchema, (schema, step) => step.Estimator.GetOutputSchema(schema));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(
        IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Guard.NotNull(estimator, nameof(estimator));
        return EstimatorChain<TNewTrans>.Over([.. _steps, new EstimatorStep(estimator, scope)]);
    }

    public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
    {
        Guard.NotNull(env, nameof(env));
        Guard.State(_steps.Length > 0,
            "Current estimator chain has no estimator, can't append cache checkpoint.");
        return new EstimatorChain<TLastTransformer>([.. _steps[..^1], _steps[^1] with { CacheAfter = true }]);
    }

    internal static EstimatorChain<TLastTransformer> Over(EstimatorStep[] steps) => new(steps);
}
