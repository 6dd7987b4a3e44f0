namespace DiffSeg;

/// <summary>
/// What is kept of one picture's merging from question to question: the distances from the anchors to all maps, and the last
/// few first iterations. For one call at a time.
/// </summary>
/// <remarks>
/// The first threshold of an anchor setting is answered by <see cref="MapMatcher"/>, which rules most pairs out unmeasured:
/// many pictures are asked one question only. A second threshold shows that more will follow, and has the distances
/// measured, once: with all pairs that lie within twice the highest threshold so far, as few questions go further up.
/// Who knows beforehand that more will follow has them measured by <see cref="Measure"/>.
/// </remarks>
internal sealed class KeptMerges
{
    /// <summary>Anchor settings whose distances are kept at most: 4 bytes for each anchor and map.</summary>
    public const int MostSettings = 2;

    /// <summary>First iterations that are kept at most: 4 bytes for each anchor and token.</summary>
    public const int MostMerges = 4;

    // Both lists from the one that was not asked for longest to the last one.
    private readonly List<Setting> _settings = [];
    private readonly List<Merge> _merges = [];

    /// <summary>The first iteration with a threshold.</summary>
    /// <param name="merging">Does it where it is not kept.</param>
    /// <param name="attention">All maps, one per token; the same at each call.</param>
    /// <param name="anchors">Tokens to start from.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The merged anchors, until they make room for others.</returns>
    public FirstMerge Of(
        IterativeMerging merging,
        MapRows attention,
        int[] anchors,
        float threshold,
        MatchSettings settings,
        CancellationToken cancellationToken)
    {
        Setting setting = Of(anchors, settings.Zeros);
        int known = _merges.FindIndex(merge => merge.Setting == setting && merge.Threshold == threshold);
        if (known >= 0)
        {
            Merge again = _merges[known];
            _merges.RemoveAt(known);
            _merges.Add(again);
            return again.Result;
        }

        DistanceTable? distances = null;
        if (setting.Highest > 0)
        {
            setting.Measure(attention, threshold, settings, cancellationToken);
            distances = setting.Distances;
        }

        FirstMerge result = merging.First(attention, anchors, threshold, distances, settings, Room(), cancellationToken);
        setting.Highest = Math.Max(setting.Highest, threshold);
        _merges.Add(new Merge(setting, threshold, result));
        return result;
    }

    /// <summary>Has the distances measured now, in place of at the second threshold.</summary>
    /// <param name="attention">All maps, one per token; the same at each call.</param>
    /// <param name="anchors">Tokens to start from.</param>
    /// <param name="threshold">The threshold to begin with.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Measure(
        MapRows attention, int[] anchors, float threshold, MatchSettings settings, CancellationToken cancellationToken)
    {
        Setting setting = Of(anchors, settings.Zeros);
        setting.Measure(attention, threshold, settings, cancellationToken);
        setting.Highest = Math.Max(setting.Highest, threshold);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _settings.Clear();
        _merges.Clear();
    }

    private Setting Of(int[] anchors, ZeroAttention zeros)
    {
        int known = _settings.FindIndex(setting => setting.Zeros == zeros && setting.Anchors.AsSpan().SequenceEqual(anchors));
        Setting setting = known >= 0 ? _settings[known] : new Setting(anchors, zeros);
        if (known >= 0)
        {
            _settings.RemoveAt(known);
        }
        else if (_settings.Count == MostSettings)
        {
            _settings.RemoveAt(0);
        }

        _settings.Add(setting);
        return setting;
    }

    // The array of the oldest, when there are as many as may be.
    private float[]? Room()
    {
        if (_merges.Count < MostMerges)
        {
            return null;
        }

        float[] room = _merges[0].Result.Maps.Values;
        _merges.RemoveAt(0);
        return room;
    }

    private sealed class Setting(int[] anchors, ZeroAttention zeros)
    {
        public int[] Anchors { get; } = anchors;

        public ZeroAttention Zeros { get; } = zeros;

        public DistanceTable Distances { get; } = new(anchors);

        /// <summary>The highest threshold so far; 0 before the first.</summary>
        public float Highest { get; set; }

        public void Measure(MapRows attention, float threshold, MatchSettings settings, CancellationToken cancellationToken)
        {
            if (threshold > Distances.Ceiling)
            {
                Distances.Measure(attention, 2 * Math.Max(Highest, threshold), settings, cancellationToken);
            }
        }
    }

    private sealed record Merge(Setting Setting, float Threshold, FirstMerge Result);
}
