using System.Numerics.Tensors;

namespace DiffSeg.Points;

/// <summary>
/// How many steps a chain that begins at one token needs to come to every other one (the Markov map of Karmann and Urfalioglu,
/// CVPR 2025): until the token's probability is a share of the largest.
/// </summary>
internal static class MarkovMap
{
    /// <summary>Counts the steps.</summary>
    /// <param name="attention">The chain.</param>
    /// <param name="token">Where it begins.</param>
    /// <param name="share">The share, between 0 and 1.</param>
    /// <param name="mostSteps">Steps at most, at least 1; tokens that are not reached by then have this number.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>
    /// Steps per token, 0 at the beginning: fractions by how far probability went beyond the share in the last step.
    /// </returns>
    public static float[] Create(
        BalancedAttention attention, int token, float share, int mostSteps, int degree, CancellationToken cancellationToken)
    {
        int tokens = attention.Tokens;
        float[] steps = new float[tokens];
        Array.Fill(steps, mostSteps);
        steps[token] = 0;
        int missing = tokens - 1;
        float[] before = new float[tokens];
        float[] now = new float[tokens];
        now[token] = 1;
        for (int step = 1; step <= mostSteps && missing > 0; step++)
        {
            (before, now) = (now, before);
            attention.Step(before, now, degree, cancellationToken);
            float largest = TensorPrimitives.Max<float>(now);
            if (!(largest > 0))
            {
                break;
            }

            TensorPrimitives.Divide(now, largest, now);
            for (int i = 0; i < tokens; i++)
            {
                if (steps[i] == mostSteps && now[i] > share)
                {
                    // The first step takes all tokens but one from nothing: there the share counts from 1 down.
                    float gained = step == 1 ? 1 - share : now[i] - before[i];
                    steps[i] = step - Math.Min(1, (now[i] - share) / gained);
                    missing--;
                }
            }
        }

        return steps;
    }
}
