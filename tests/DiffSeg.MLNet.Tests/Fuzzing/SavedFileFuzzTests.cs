using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>Saved models as whole files that were damaged or changed, loaded and run.</summary>
public sealed class SavedFileFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files()
    {
        using var small = new SmallModel();
        SavedSeed[] seeds = SavedSeed.All(_folder, small.Model);
        new Fuzz("saved files", random => Mutated(random, seeds), bytes => LoadAndRun(seeds[bytes[0]], new MemoryStream(bytes, 1, bytes.Length - 1)))
        {
            Documented = [typeof(FormatException), typeof(SegmentationException)],
            Memory = new(32 << 20, 400),
        }.Check();
    }

    private static void LoadAndRun(SavedSeed seed, Stream file)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model = ml.Model.LoadChecked(file, out _);
        using var disposing = model as IDisposable;
        IDataView result;
        try
        {
            result = model.Transform(seed.Rows(ml));
        }
        catch (ArgumentOutOfRangeException problem)
        {
            // Parts that are gone or exchanged: the steps do not fit each other or the rows, and ML.NET's transformers say so.
            throw new FormatException("Its steps do not fit.", problem);
        }

        try
        {
            RowValues.Read(result, [.. seed.Added.Where(name => result.Schema.GetColumnOrNull(name) is not null)]);
        }
        catch (InvalidOperationException problem) when (problem.InnerException is FormatException or SegmentationException)
        {
            // ML.NET's own threads, which read ahead, give what was thrown in them so.
            throw problem.InnerException;
        }
    }

    // The first byte says whose rows the model gets. Settings and whole parts are changed with right check sums, all else with
    // wrong ones: who makes right ones for what ML.NET itself wrote can have it allocate what he likes, which is not damage.
    private static byte[] Mutated(Random random, SavedSeed[] seeds)
    {
        // A model with a network takes 20 times longer.
        int network = seeds.Length - 1, chosen = random.OneIn(16) ? network : random.Next(network);
        SavedSeed seed = seeds[chosen];
        byte[] file = random.Next(4) switch
        {
            0 => seed.Parts.Map(part => seed.ChangeSettings(random, part)),
            // Not the network's: ML.NET takes the first bytes of any part in its place for its length.
            1 when chosen != network => seed.Parts.Mutate(random, seed.ChangeSettings),
            _ => ByteMutator.Mutate(random, seed.File, random.Of(seeds).File),
        };
        return [(byte)chosen, .. file];
    }
}
