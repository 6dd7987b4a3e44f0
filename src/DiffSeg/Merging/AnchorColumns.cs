namespace DiffSeg;

/// <summary>The coarsest level of all anchors, cell after cell, for <see cref="JeffreysColumns"/>. Used again and again.</summary>
internal sealed class AnchorColumns
{
    private readonly AlignedBuffer _values = new();
    private readonly AlignedBuffer _logs = new();
    private int _stride;

    /// <summary>Takes the anchors over.</summary>
    /// <param name="cells">Coarsest level of the anchors.</param>
    /// <param name="excluded">For each anchor whether it matches nothing.</param>
    public void Take(LogRows cells, ReadOnlySpan<bool> excluded)
    {
        _stride = (excluded.Length + JeffreysColumns.Anchors - 1) / JeffreysColumns.Anchors * JeffreysColumns.Anchors;
        Span<float> values = _values.Require(cells.Length * _stride);
        Span<float> logs = _logs.Require(cells.Length * _stride);

        // An anchor that matches nothing, or is none, has no sum within any limit.
        values.Fill(float.NaN);
        logs.Fill(float.NaN);
        for (int anchor = 0; anchor < excluded.Length; anchor++)
        {
            if (!excluded[anchor])
            {
                Span<float> from = cells.Values(anchor);
                Span<float> fromLogs = cells.Logs(anchor);
                for (int i = 0; i < cells.Length; i++)
                {
                    values[(i * _stride) + anchor] = from[i];
                    logs[(i * _stride) + anchor] = fromLogs[i];
                }
            }
        }
    }

    /// <summary>Which of 32 anchors have a sum within a limit, for each of two maps.</summary>
    /// <param name="first">The first of the anchors, a multiple of 32.</param>
    /// <param name="maps">Coarsest level of the maps.</param>
    /// <param name="map">The first of two neighbouring maps.</param>
    /// <param name="limit">The limit.</param>
    /// <returns>Bit i stands for anchor first + i.</returns>
    public (uint One, uint Other) Within(int first, LogRows maps, int map, float limit) =>
        JeffreysColumns.Within(_values.Span, _logs.Span, _stride, first, maps, map, limit);
}
