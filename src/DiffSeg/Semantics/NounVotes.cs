namespace DiffSeg.Semantics;

/// <summary>What the pixels of each segment say about each noun.</summary>
internal sealed class NounVotes
{
    private readonly ushort[] _labels;
    private readonly int[] _placeOf = new int[ushort.MaxValue + 1];
    private readonly int _nouns;
    private readonly int _width;
    private readonly float[] _rows;
    private readonly double[] _norms;
    private readonly double[] _sums;
    private readonly long[] _votes;
    private readonly long[] _areas;

    /// <summary>Finds the segments.</summary>
    /// <param name="labels">The mask.</param>
    /// <param name="nouns">Number of nouns.</param>
    /// <param name="width">Columns of the mask.</param>
    public NounVotes(ReadOnlySpan<ushort> labels, int nouns, int width)
    {
        long[] areas = new long[_placeOf.Length];
        foreach (ushort label in labels)
        {
            areas[label]++;
        }

        _labels = [.. Enumerable.Range(0, areas.Length).Where(label => areas[label] > 0).Select(label => (ushort)label)];
        _areas = [.. _labels.Select(label => areas[label])];
        for (int i = 0; i < _labels.Length; i++)
        {
            _placeOf[_labels[i]] = i;
        }

        (_nouns, _width) = (nouns, width);
        _rows = new float[nouns * width];
        _norms = new double[nouns];
        _sums = new double[_labels.Length * nouns];
        _votes = new long[_labels.Length * nouns];
    }

    /// <summary>Sums the nouns' maps over each segment, and their squares over all pixels.</summary>
    /// <param name="labels">The mask.</param>
    /// <param name="rows">The nouns' maps.</param>
    /// <param name="cancellationToken">Looked at every row.</param>
    public void Sum(ReadOnlySpan<ushort> labels, NounRows rows, CancellationToken cancellationToken)
    {
        for (int y = 0; y < labels.Length / _width; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Read(y, _rows);
            ReadOnlySpan<ushort> row = labels.Slice(y * _width, _width);
            for (int noun = 0; noun < _nouns; noun++)
            {
                ReadOnlySpan<float> values = _rows.AsSpan(noun * _width, _width);
                double squares = 0;
                for (int x = 0; x < values.Length; x++)
                {
                    squares += (double)values[x] * values[x];
                    _sums[(_placeOf[row[x]] * _nouns) + noun] += values[x];
                }

                _norms[noun] += squares;
            }
        }

        for (int noun = 0; noun < _nouns; noun++)
        {
            _norms[noun] = Math.Sqrt(_norms[noun]);
        }
    }

    /// <summary>Makes sure that every noun's map can be divided by its norm.</summary>
    /// <param name="nouns">The nouns.</param>
    /// <exception cref="AttentionException">A noun is attended to nowhere.</exception>
    public void CheckNorms(IReadOnlyList<Noun> nouns)
    {
        int nowhere = Array.IndexOf(_norms, 0.0);
        if (nowhere >= 0)
        {
            throw new AttentionException(
                $"No pixel attends to the noun \"{nouns[nowhere]}\" (tokens {string.Join(", ", nouns[nowhere].Tokens)}): leave it "
                + "out, or check its tokens.");
        }
    }

    /// <summary>Lets every pixel vote for its highest noun.</summary>
    /// <param name="labels">The mask.</param>
    /// <param name="rows">The nouns' maps.</param>
    /// <param name="cancellationToken">Looked at every row.</param>
    public void Count(ReadOnlySpan<ushort> labels, NounRows rows, CancellationToken cancellationToken)
    {
        for (int y = 0; y < labels.Length / _width; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Read(y, _rows);
            for (int x = 0; x < _width; x++)
            {
                int best = 0;
                for (int noun = 1; noun < _nouns; noun++)
                {
                    best = Score(noun, x) > Score(best, x) ? noun : best;
                }

                _votes[(_placeOf[labels[(y * _width) + x]] * _nouns) + best]++;
            }
        }
    }

    /// <summary>The noun of each segment.</summary>
    /// <param name="nouns">The nouns.</param>
    /// <param name="voting">The rule.</param>
    /// <returns>The segments, in ascending order of the labels.</returns>
    public SegmentNoun[] Segments(IReadOnlyList<Noun> nouns, NounVoting voting)
    {
        SegmentNoun[] segments = new SegmentNoun[_labels.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            double[] scores = new double[_nouns];
            for (int noun = 0; noun < _nouns; noun++)
            {
                scores[noun] = _sums[(i * _nouns) + noun] / _norms[noun] / _areas[i];
            }

            int chosen = voting == NounVoting.Mean ? Array.IndexOf(scores, scores.Max()) : Median(i);
            segments[i] = new SegmentNoun(_labels[i], chosen, nouns[chosen].Word, Array.AsReadOnly(scores));
        }

        return segments;
    }

    private double Score(int noun, int x) => _rows[(noun * _width) + x] / _norms[noun];

    // Of an even number of votes, halfway between the middle two, rounded down.
    private int Median(int segment) =>
        (Vote(segment, (_areas[segment] - 1) / 2) + Vote(segment, _areas[segment] / 2)) / 2;

    /// <summary>The vote at a place among a segment's votes in ascending order.</summary>
    private int Vote(int segment, long place)
    {
        int noun = 0;
        for (long passed = _votes[segment * _nouns]; passed <= place; passed += _votes[(segment * _nouns) + noun])
        {
            noun++;
        }

        return noun;
    }
}
