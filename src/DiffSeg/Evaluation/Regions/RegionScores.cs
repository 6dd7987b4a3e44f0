namespace DiffSeg.Evaluation;

/// <summary>How well a mask's regions agree with those of the annotators, whatever they are called.</summary>
/// <param name="Covering">
/// Segmentation covering of the ground truth by the mask, 0 to 1, higher is better: the mean over the truth's pixels of
/// the overlap (intersection over union) of their region with the mask's region that overlaps it best. P. Arbelaez,
/// M. Maire, C. Fowlkes and J. Malik, "Contour detection and hierarchical image segmentation", PAMI 33(5), 2011.
/// </param>
/// <param name="VariationOfInformation">
/// H(truth | mask) + H(mask | truth) in bits, from 0, lower is better; a metric. M. Meila, "Comparing clusterings: an
/// axiomatic view", ICML 2005.
/// </param>
/// <param name="RandIndex">
/// Share of the pairs of pixels that both join or both part, 0 to 1, higher is better; over several annotators its mean is
/// the probabilistic Rand index. R. Unnikrishnan, C. Pantofaru and M. Hebert, PAMI 29(6), 2007.
/// </param>
public readonly record struct RegionScores(double Covering, double VariationOfInformation, double RandIndex);
