using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Makes chains of single estimators and transformers.</summary>
public static class LearningPipelineExtensions
{
    public static EstimatorChain<TTrans> Append<TTrans>(
        this IEstimator<ITransformer> start, IEstimator<TTrans> estimator,
        TransformerScope scope = TransformerScope.Everything)
        where TTrans : class, ITransformer =>
        new EstimatorChain<ITransformer>().Append(Guard.NotNull(start, nameof(start))).Append(estimator, scope);

    public static EstimatorChain<TTrans> AppendCacheCheckpoint<TTrans>(
        this IEstimator<TTrans> start, IHostEnvironment env)
        where TTrans : class, ITransformer =>
        new EstimatorChain<ITransformer>().Append(Guard.NotNull(start, nameof(start))).AppendCacheCheckpoint(env);

    public static TransformerChain<TTrans> Append<TTrans>(this ITransformer start, TTrans transformer)
        where TTrans : class, ITransformer =>
        new(Guard.NotNull(start, nameof(start)), Guard.NotNull(transformer, nameof(transformer)));
}
