using System.IO.Compression;
using System.Text;
using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Saving;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>A saved model, and rows that it can be run over.</summary>
/// <param name="File">The whole file.</param>
/// <param name="Settings">Its settings, the text that our code reads from it.</param>
/// <param name="Rows">Makes the rows.</param>
/// <param name="Added">The columns that the model makes of them.</param>
internal sealed record SavedSeed(byte[] File, string Settings, Func<MLContext, IDataView> Rows, string[] Added)
{
    private const int Side = 4;
    private readonly byte[] _settingsPart = PartOf(Settings);

    /// <summary>The parts of the file.</summary>
    public ZipMutator Parts { get; } = new(File);

    /// <summary>Masks of attention, pictures that are loaded, and the whole chain with its network at the end.</summary>
    /// <param name="folder">Where a picture may lie.</param>
    /// <param name="model">The network.</param>
    public static SavedSeed[] All(TemporaryFolder folder, AttentionModel model)
    {
        string picture = folder.File("a.png");
        PictureFiles.WritePng(picture, 24, 32, 3, (y, x, _) => (byte)(y * x));
        var options = new DiffSegMaskOptions { AnchorsPerSide = 2, MaxDegreeOfParallelism = 1, Columns = MaskColumns.All | MaskColumns.Status };
        return
        [
            Of(Attention, ml => ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new()
            {
                AnchorsPerSide = 2,
                AttentionShapes = [new(1, Side, Side), new(1, 2, 2)],
                Size = new MaskSize(5, 6),
                KlThreshold = 0.9f,
                Columns = MaskColumns.All | MaskColumns.Status,
                MaxDegreeOfParallelism = 1,
            }), "Mask", "MaskStatus"),
            Of(Picture, ml => ml.Transforms.LoadPictures("Photo", "ImagePath", limits: new() { MaxPixels = 10_000 }), "PhotoStatus"),
            Of(Picture, ml => ml.Transforms.DiffSeg("Mask", "ImagePath", model, options), "Mask", "MaskStatus"),
        ];

        IDataView Picture(MLContext ml) => ml.Data.LoadFromEnumerable([new ImageSource { ImagePath = picture }]);
    }

    /// <summary>The part of the file that holds the settings, with other settings; any other part as it is.</summary>
    public byte[] ChangeSettings(Random random, byte[] part) =>
        part.AsSpan().SequenceEqual(_settingsPart) ? PartOf(Encoding.UTF8.GetString(TextMutator.Mutate(random, [Settings]))) : part;

    private static SavedSeed Of(Func<MLContext, IDataView> data, Func<MLContext, IEstimator<ITransformer>> make, params string[] added)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = data(ml);
        byte[] file = Saved(make(ml).Fit(rows), rows.Schema);
        using var stream = new MemoryStream(file);
        return new(file, Find(ml.Model.LoadChecked(stream, out _))!, data, added);
    }

    private static string? Find(ITransformer model) => model is IEnumerable<ITransformer> chain
        ? chain.Select(Find).LastOrDefault(settings => settings is not null)
        : SavedForm.ReadSettings(model);

    // Settings lie packed in a value mapping's own form. It is the part that is another one with other settings.
    private static byte[] PartOf(string settings) => PartsOf(settings).Zip(PartsOf(""))
        .Single(pair => !pair.First.AsSpan().SequenceEqual(pair.Second)).First;

    private static IEnumerable<byte[]> PartsOf(string settings)
    {
        var ml = new MLContext(seed: 1);
        IDataView key = ml.Data.LoadFromEnumerable([new SavedForm.ConstantColumns()]);
        byte[] file = Saved(ml.Transforms.Conversion.MapValue(SavedForm.Settings, [KeyValuePair.Create(1, settings)], SavedForm.Key).Fit(key), key.Schema);
        using var archive = new ZipArchive(new MemoryStream(file));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream part = entry.Open();
            using var bytes = new MemoryStream();
            part.CopyTo(bytes);
            yield return bytes.ToArray();
        }
    }

    private static byte[] Saved(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext(seed: 1).Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    private static IDataView Attention(MLContext ml) => ml.Data.LoadFromEnumerable([new Row()]);

    private sealed class Row
    {
        [VectorType(Side * Side * Side * Side)]
        public float[] Fine { get; set; } = [.. Enumerable.Repeat(1f / (Side * Side), Side * Side * Side * Side)];

        [VectorType(16)]
        public float[] Coarse { get; set; } = [.. Enumerable.Repeat(0.25f, 16)];
    }
}
