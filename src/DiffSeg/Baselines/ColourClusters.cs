namespace DiffSeg.Baselines;

/// <summary>K-means over the pixels of a picture, by colour and position.</summary>
/// <remarks>
/// Starts at pixels spread evenly over both sides of the picture, the same ones for any k: the R2 sequence (Roberts, 2018), whose
/// steps are powers of the inverse of the plastic number. Stops when fewer than one in ten thousand pixels change
/// their cluster, after 100 iterations at most. A cluster left empty stays where it is. Sums are taken band by band in double
/// precision, so that labels do not depend on threads or vector width.
/// </remarks>
internal sealed class ColourClusters
{
    private const int MaxIterations = 100;
    private const double StepAcross = 0.7548776662466927;
    private const double StepDown = StepAcross * StepAcross;
    private const int Rows = 16;
    private const int Sums = NearestColour.Features + 1;
    private readonly ColourPlanes _planes;
    private readonly int _count;
    private readonly float[] _centres;
    private readonly int[] _labels;
    private readonly double[] _sums;
    private readonly int[] _changes;

    private ColourClusters(ColourPlanes planes, int count)
    {
        int bands = (planes.Height + Rows - 1) / Rows;
        (_planes, _count) = (planes, count);
        _labels = new int[planes.Height * planes.Width];
        _labels.AsSpan().Fill(-1);
        _sums = new double[checked(bands * count * Sums)];
        _changes = new int[bands];
        _centres = new float[count * NearestColour.Features];
        for (int i = 0; i < count; i++)
        {
            Features(Start(i)).CopyTo(_centres.AsSpan(i * NearestColour.Features));
        }
    }

    /// <summary>Clusters a picture.</summary>
    /// <param name="planes">Its colours.</param>
    /// <param name="count">Number of clusters, at most as many as pixels and labels.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The cluster of each pixel.</returns>
    public static ushort[] Label(ColourPlanes planes, int count, int degree, CancellationToken cancellationToken)
    {
        ColourClusters clusters = new(planes, count);
        Action<int, int> assign = clusters.Assign;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            RowParallel.For(planes.Height, Rows, degree, assign, cancellationToken);
            if (clusters._changes.Sum(changes => (long)changes) * 10_000 < clusters._labels.Length)
            {
                break;
            }

            clusters.MoveCentres();
        }

        return [.. clusters._labels.Select(label => (ushort)label)];
    }

    private int Start(int cluster)
    {
        int y = (int)((0.5 + (cluster * StepDown)) % 1 * _planes.Height);
        int x = (int)((0.5 + (cluster * StepAcross)) % 1 * _planes.Width);
        return (y * _planes.Width) + x;
    }

    private float[] Features(int pixel) =>
    [
        _planes.L[pixel],
        _planes.A[pixel],
        _planes.B[pixel],
        _planes.X[pixel % _planes.Width],
        _planes.Y[pixel / _planes.Width],
    ];

    private void Assign(int from, int to)
    {
        int band = from / Rows;
        int width = _planes.Width;
        using Scratch<int> scratch = new(width);
        Span<double> sums = _sums.AsSpan(band * _count * Sums, _count * Sums);
        sums.Clear();
        int changes = 0;
        for (int y = from; y < to; y++)
        {
            ReadOnlySpan<float> l = _planes.L.AsSpan(y * width, width);
            ReadOnlySpan<float> a = _planes.A.AsSpan(y * width, width);
            ReadOnlySpan<float> b = _planes.B.AsSpan(y * width, width);
            Span<int> nearest = scratch.Span;
            NearestColour.Of(l, a, b, _planes.X, _planes.Y[y], _centres, nearest);
            Span<int> labels = _labels.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                changes += labels[x] == nearest[x] ? 0 : 1;
                Span<double> sum = sums.Slice(nearest[x] * Sums, Sums);
                sum[0] += l[x];
                sum[1] += a[x];
                sum[2] += b[x];
                sum[3] += _planes.X[x];
                sum[4] += _planes.Y[y];
                sum[5]++;
            }

            nearest.CopyTo(labels);
        }

        _changes[band] = changes;
    }

    private void MoveCentres()
    {
        Span<double> sum = stackalloc double[Sums];
        for (int cluster = 0; cluster < _count; cluster++)
        {
            sum.Clear();
            for (int band = 0; band < _changes.Length; band++)
            {
                ReadOnlySpan<double> part = _sums.AsSpan(((band * _count) + cluster) * Sums, Sums);
                for (int i = 0; i < Sums; i++)
                {
                    sum[i] += part[i];
                }
            }

            for (int i = 0; i < NearestColour.Features && sum[^1] > 0; i++)
            {
                _centres[(cluster * NearestColour.Features) + i] = (float)(sum[i] / sum[^1]);
            }
        }
    }
}
