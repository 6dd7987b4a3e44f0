using System.Collections;

namespace DiffSeg.Evaluation;

/// <summary>What was measured on one image. Measures that were not asked for or have no value there are left out.</summary>
public sealed class ImageScores : IEnumerable<KeyValuePair<ImageMeasure, double>>
{
    private readonly SortedDictionary<ImageMeasure, double> _values = [];

    internal ImageScores()
    {
    }

    /// <summary>One measure; null where it was not taken or has no value, such as an accuracy over no pixels.</summary>
    /// <param name="measure">Which.</param>
    public double? this[ImageMeasure measure] => _values.TryGetValue(measure, out double value) ? value : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<ImageMeasure, double>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(ImageMeasure measure, double? value)
    {
        if (value is double number)
        {
            _values[measure] = number;
        }
    }
}
