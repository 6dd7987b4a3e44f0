using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;
using DiffSeg.MLNet.DataSets;

namespace Microsoft.ML;

/// <summary>Data sets with ground truth, among the loaders and transforms of an <see cref="MLContext"/>.</summary>
public static class SegmentationDataSetCatalog
{
    /// <summary>The images of a data set as rows, in the order of their ids.</summary>
    /// <param name="catalog">The data operations' catalog.</param>
    /// <param name="dataSet">The data set, for example <c>SegmentationDataSet.CocoStuff27(root)</c>.</param>
    /// <param name="limit">The first rows only; null for all.</param>
    /// <returns>
    /// The columns of <see cref="LabelledImage"/>: <c>Id</c>, <c>ImagePath</c>, <c>LabelPath</c> (text) and
    /// <c>AnnotatorCount</c> (Int32).
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public static IDataView LoadSegmentationDataSet(
        this DataOperationsCatalog catalog, SegmentationDataSet dataSet, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(dataSet);
        SegmentationDataSet taken = limit is { } most ? dataSet.Take(most) : dataSet;
        LabelledImage[] rows = [.. taken.Samples.Select(sample => new LabelledImage
        {
            Id = sample.Id,
            ImagePath = sample.ImagePath,
            LabelPath = sample.LabelPath,
            AnnotatorCount = sample.AnnotatorCount,
        })];
        return catalog.LoadFromEnumerable(rows);
    }

    /// <summary>Loads the label maps whose paths a column has.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">
    /// Name of the label map's column: Vector of UInt16, height x width, row-major, a class per pixel and
    /// <see cref="LabelMap.Ignored"/> where there is none. <c>LabelHeight</c>, <c>LabelWidth</c> and
    /// <c>LabelAnnotatorCount</c> (named after it) come with it.
    /// </param>
    /// <param name="inputColumnName">Text column of the paths (<see cref="LabelMapReader"/> says which files).</param>
    /// <param name="classes">
    /// What stands for which class: the data set's <see cref="SegmentationDataSet.Classes"/>; null takes the files' values.
    /// </param>
    /// <param name="imageColumnName">
    /// The original picture, or its path: a label map of another size is an error then. Of files, JPEG and PNG are compared.
    /// Null to leave that out.
    /// </param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A name or a setting is out of range.</exception>
    public static LabelMapLoadingEstimator LoadLabelMaps(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        ClassTable? classes,
        string? imageColumnName = null,
        LabelMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new LabelMapLoadingEstimator(
            catalog, LabelMapSettings.From(outputColumnName, inputColumnName, classes, imageColumnName, options ?? new()));
    }
}
