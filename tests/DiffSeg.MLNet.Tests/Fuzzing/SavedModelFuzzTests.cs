using System.Text;
using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Saving;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>Saved models that somebody changed, loaded and run.</summary>
public sealed class SavedModelFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models()
    {
        PictureFiles.WritePng(_folder.File("a.png"), 4, 5, 3, (y, x, _) => (byte)(y * x));
        SavedModel[] seeds = SavedModel.All(_folder.File("a.png"));
        new Fuzz("saved models", random => Mutated(random, seeds), bytes =>
        {
            SavedModel seed = seeds[bytes[0]];
            var ml = new MLContext();
            ITransformer model;
            try
            {
                model = ml.Model.Load(new MemoryStream(bytes[1..]), out _);
            }
            catch (Exception problem) when (!IsOurs(problem))
            {
                // What ML.NET says of its own files is as it pleases; it says it here, and not in the rows.
                throw new InvalidDataException("ML.NET does not load it.", problem);
            }

            IDataView rows = seed.Data(ml);
            IDataView result = model.Transform(rows);
            RowValues.Read(result, seed.Added);
        })
        {
            Documented = [typeof(InvalidDataException), typeof(FormatException), typeof(SegmentationException)],
            Memory = new(64 << 20, 1000),
        }.Check();
    }

    [Fact]
    public void Settings_of_masks() => Check<MaskSettings>("settings of masks", settings => _ = new MaskEngine(settings), """
        {"OutputColumn":"Mask","InputColumns":["Fine","Coarse"],"ImageColumn":"Picture","PathColumn":null,"Limits":{"MaxPixels":100,"MaxFileBytes":10},
        "Shapes":[{"Heads":1,"Height":16,"Width":16},{"Heads":2,"Height":8,"Width":8}],"Merged":false,"ModelHeight":128,"ModelWidth":128,"Fit":0,"MaskHeight":0,
        "MaskWidth":0,"Columns":7,"Algorithm":{"KlThreshold":0.9,"Iterations":3,"KlThresholds":[1,0.5],"AnchorsPerSide":8,"Refine":false,"LabelOrder":0,
        "MinRegionShare":0.01,"Regions":true,"ZeroAttention":0,"MaxDegreeOfParallelism":1},"Aggregation":{"Weights":[1,2],"NormalizeWeights":true,"MaxDegreeOfParallelism":1}}
        """);

    [Fact]
    public void Settings_of_painting() => Check<PaintSettings>(
        "settings of painting",
        settings => _ = new MaskPainter(settings),
        """{"OutputColumn":"Overlay","ImageColumn":"Picture","MaskColumn":"Labels","Opacity":0.3,"OutlineWidth":2,"Fit":1,"ModelHeight":512,"ModelWidth":512,"MaskHeight":48,"MaskWidth":64}""");

    [Fact]
    public void Settings_of_pictures() => Check<PictureLoadingSettings>(
        "settings of pictures",
        settings => _ = new PictureLoader(settings),
        """{"OutputColumn":"Photo","InputColumn":"ImagePath","Folder":"/photos","Limits":{"MaxPixels":100,"MaxFileBytes":10},"TellsStatus":true}""",
        """{"OutputColumn":"Photo","InputColumn":"ImagePath","Folder":null,"Limits":null,"TellsStatus":false}""");

    [Fact]
    public void Settings_of_shared_pictures() => Check<SharedPictureSettings>(
        "settings of shared pictures",
        settings => _ = new SharedPicture(settings),
        """{"OutputColumn":"Photo","InputColumn":"Picture","ModelHeight":512,"ModelWidth":512,"StatusColumn":null}""");

    private static void Check<T>(string name, Action<T> use, params string[] seeds)
        where T : class, ICheckedSettings => new Fuzz(name, random => TextMutator.Mutate(random, seeds), bytes => use(SavedForm.Parse<T>(Encoding.UTF8.GetString(bytes))))
        {
            Documented = [typeof(FormatException)],
            Memory = new(4 << 20, 200),
        }.Check();

    private static bool IsOurs(Exception problem) => problem is SegmentationException or OutOfMemoryException;

    private static byte[] Mutated(Random random, SavedModel[] seeds)
    {
        int chosen = random.Next(seeds.Length);
        byte[] zip = random.OneIn(8)
            ? ByteMutator.Mutate(random, seeds[chosen].Zip, seeds[chosen].Zip)
            : seeds[chosen].Mutator.Mutate(random, Entry);
        return [(byte)chosen, .. zip];
    }

    // Our settings are text within a table of ML.NET's: as long as before, or the table's own lengths are wrong.
    private static byte[] Entry(Random random, byte[] entry)
    {
        int text = entry.AsSpan().IndexOf("{\"OutputColumn\""u8);
        if (text < 0 || random.OneIn(4))
        {
            return ByteMutator.Mutate(random, entry, entry);
        }

        byte[] changed = [.. entry];
        int end = text + changed.AsSpan(text).IndexOf("\0"u8) is var found && found > text ? found : changed.Length;
        for (int step = random.Steps(); step > 0; step--)
        {
            int at = random.Next(text, end);
            changed[at] = char.IsAsciiDigit((char)changed[at]) ? (byte)random.Next('0', '9' + 1) : random.OneIn(3) ? (byte)random.Next(' ', 127) : changed[at];
        }

        return changed;
    }
}
