using System.Text;
using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Saving;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>The settings in saved models, as somebody changed them.</summary>
public sealed class SavedModelFuzzTests
{
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
}
