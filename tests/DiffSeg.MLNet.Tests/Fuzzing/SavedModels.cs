using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>A small saved model of one of our steps, and a row that it can be run over.</summary>
internal sealed record SavedModel(byte[] Zip, ZipMutator Mutator, Func<MLContext, IDataView> Data, string[] Added)
{
    private const int Side = 4;

    /// <summary>Masks, pictures that are loaded, and painted masks.</summary>
    /// <param name="picture">A picture file.</param>
    public static SavedModel[] All(string picture) =>
    [
        Of(Masks, ml => ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new()
        {
            AnchorsPerSide = 2,
            AttentionShapes = [new(1, Side, Side), new(1, 2, 2)],
            Size = new MaskSize(5, 6),
            KlThreshold = 0.9f,
            Columns = MaskColumns.All | MaskColumns.Status,
            MaxDegreeOfParallelism = 1,
        }), "Mask", "MaskStatus"),
        Of(ml => ml.Data.LoadFromEnumerable([new ImageSource { ImagePath = picture }]), ml => ml.Transforms.LoadPictures("Photo", "ImagePath", limits: new() { MaxPixels = 10_000 }), "Photo", "PhotoStatus"),
        Of(ml => TestData.Make(ml, TestData.Pictures), ml => ml.Transforms.PaintMask("Overlay", "Picture", "Labels", new() { Opacity = 0.3f, OutlineWidth = 2 }), "Overlay"),
    ];

    private static SavedModel Of(Func<MLContext, IDataView> data, Func<MLContext, IEstimator<ITransformer>> make, params string[] added)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = data(ml);
        using var stream = new MemoryStream();
        ml.Model.Save(make(ml).Fit(rows), rows.Schema, stream);
        return new(stream.ToArray(), new(stream.ToArray()), data, added);
    }

    private static IDataView Masks(MLContext ml) => ml.Data.LoadFromEnumerable([new Row()]);

    private sealed class Row
    {
        [VectorType(Side * Side * Side * Side)]
        public float[] Fine { get; set; } = [.. Enumerable.Repeat(1f / (Side * Side), Side * Side * Side * Side)];

        [VectorType(16)]
        public float[] Coarse { get; set; } = [.. Enumerable.Repeat(0.25f, 16)];
    }
}
