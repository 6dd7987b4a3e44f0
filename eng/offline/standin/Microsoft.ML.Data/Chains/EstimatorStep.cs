using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>One member of an estimator chain.</summary>
internal sealed record EstimatorStep(
    IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter = false);
