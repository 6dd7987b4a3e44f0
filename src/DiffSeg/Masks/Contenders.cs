using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DiffSeg;

/// <summary>Which proposals can win a pixel anywhere over a window of tokens.</summary>
/// <remarks>
/// A pixel's value is an average of the tokens around it with weights that are the same for every proposal. So one
/// that lies above another at every token of a window lies above it at every pixel between them, and the other need
/// not be interpolated there. The rounding of the interpolation is covered by a margin; of two that are equal at
/// every token, the first wins every pixel.
/// </remarks>
internal sealed class Contenders
{
    private const int Grain = 1024;
    private readonly Action<int, int> _findWinners;
    private ProposalSet? _proposals;
    private KeptBuffer<int> _all;
    private KeptBuffer<int> _winners;
    private KeptBuffer<float> _highest;
    private int _count;
    private bool _comparable;

    public Contenders() => _findWinners = FindWinners;

    /// <summary>All proposals that can win anywhere, in ascending order; the others are NaN everywhere.</summary>
    public ReadOnlySpan<int> All => _all.Array.AsSpan(0, _count);

    private ProposalSet Proposals => _proposals!;

    /// <summary>Finds the winner of each token.</summary>
    /// <param name="proposals">The proposals; must not change while windows are asked about.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Prepare(ProposalSet proposals, int degree, CancellationToken cancellationToken)
    {
        _proposals = proposals;
        Span<int> all = _all.Take(proposals.Count);
        _winners.Take(proposals.Tokens);
        _highest.Take(proposals.Tokens);
        _count = 0;
        _comparable = true;
        for (int k = 0; k < proposals.Count; k++)
        {
            bool valid = float.IsFinite(RowSum.Of(proposals.Map(k), out bool negative)) && !negative;
            if (valid || proposals.Map(k).ContainsAnyExcept(float.NaN))
            {
                all[_count++] = k;
                _comparable &= valid;
            }
        }

        if (_comparable)
        {
            RowParallel.For(proposals.Tokens, Grain, degree, _findWinners, cancellationToken);
        }
    }

    /// <summary>Lets the proposals go.</summary>
    public void Clear() => _proposals = null;

    /// <summary>Leaves out the proposals that lose every pixel over a window.</summary>
    /// <param name="window">The tokens that the pixels are interpolated from.</param>
    /// <param name="contenders">The proposals so far, in ascending order.</param>
    /// <param name="remaining">Takes those that are left, in ascending order; as long as the former.</param>
    /// <returns>How many are left; at least one if there was one.</returns>
    public int Narrow(TokenWindow window, ReadOnlySpan<int> contenders, Span<int> remaining)
    {
        contenders.CopyTo(remaining);
        int count = contenders.Length;
        if (!_comparable)
        {
            return count;
        }

        // A proposal that beats others all over the window is highest at its middle; on a border, in one of its corners.
        int bottom = window.Top + window.Height - 1;
        int right = window.Left + window.Width - 1;
        ReadOnlySpan<int> winners =
        [
            Winner(window.Top + (window.Height / 2), window.Left + (window.Width / 2)),
            Winner(window.Top, window.Left),
            Winner(window.Top, right),
            Winner(bottom, window.Left),
            Winner(bottom, right),
        ];
        for (int i = 0; i < winners.Length && count > 1; i++)
        {
            if (!winners[..i].Contains(winners[i]))
            {
                count = RemoveLosers(winners[i], window, remaining[..count]);
            }
        }

        return count;
    }

    private int Winner(int y, int x) => _winners.Array[(y * Proposals.Width) + x];

    private int RemoveLosers(int winner, TokenWindow window, Span<int> contenders)
    {
        using Scratch<float> scratch = new(window.Tokens);
        Span<float> limits = scratch.Span;
        FindLimits(winner, window, limits);
        int start = (window.Top * Proposals.Width) + window.Left;
        int count = 0;
        foreach (int k in contenders)
        {
            bool loses = Dominance.Below(Proposals.Map(k)[start..], Proposals.Width, limits, window.Width)
                || (k > winner && Equal(k, winner, window));
            if (!loses)
            {
                contenders[count++] = k;
            }
        }

        return count;
    }

    /// <summary>What the values of a window must lie below for the winner's interpolations to be higher.</summary>
    /// <remarks>
    /// With values in [0, M] and u = 2^-24, one interpolation a + (b - a) w is off by at most 3 u M, the two of a pixel by
    /// 6 u M, for each of two proposals, and the limit itself by u M: 13 u M and terms in u^2. 32 u M is plenty; 2^-140
    /// stands for what a product below the normal numbers may lose, 2^-150 each.
    /// </remarks>
    private void FindLimits(int winner, TokenWindow window, Span<float> limits)
    {
        float highest = 0;
        for (int y = 0; y < window.Height; y++)
        {
            Span<float> row = limits.Slice(y * window.Width, window.Width);
            Row(winner, window, y).CopyTo(row);
            foreach (float value in row)
            {
                highest = Math.Max(highest, value);
            }
        }

        TensorPrimitives.Subtract(limits, (highest * MathF.ScaleB(1, -19)) + MathF.ScaleB(1, -140), limits);
    }

    private bool Equal(int k, int winner, TokenWindow window)
    {
        for (int y = 0; y < window.Height; y++)
        {
            if (!MemoryMarshal.AsBytes(Row(k, window, y)).SequenceEqual(MemoryMarshal.AsBytes(Row(winner, window, y))))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<float> Row(int k, TokenWindow window, int y) =>
        Proposals.Values.Slice(
            (k * Proposals.Tokens) + ((window.Top + y) * Proposals.Width) + window.Left, window.Width);

    private void FindWinners(int from, int to)
    {
        Span<float> highest = _highest.Array.AsSpan(from, to - from);
        Span<int> winners = _winners.Array.AsSpan(from, to - from);
        highest.Fill(float.NegativeInfinity);
        winners.Clear();
        foreach (int k in All)
        {
            ReadOnlySpan<float> values = Proposals.Map(k)[from..to];
            RunningMaximum.Update(values, values, 0, k, highest, winners);
        }
    }
}
