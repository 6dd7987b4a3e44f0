using System.Text;
using DiffSeg.Fuzzing;

namespace DiffSeg.Batches.Tests.Fuzzing;

/// <summary>The files of a batch, as somebody changed them.</summary>
public sealed class BatchFuzzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diffseg-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Plans()
    {
        string[] seeds = [.. Enum.GetValues<BatchFormat>().Select(format => Encoding.UTF8.GetString(PlanFile.Bytes(SampleBatch.Of(7, format).Plan)))];
        new Fuzz("batch.json", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            BatchPlan plan = PlanFile.Read(bytes);
            _ = plan.ChunkCount > 0 ? plan.RangeOf(plan.ChunkCount - 1) : default;
        })
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    // What is written in the same words is the same record: most changes make another text of it, so numbers are changed alone.
    [Fact]
    public void Records()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.CocoRle);
        batch.Run(_folder);
        string[] seeds = [.. Directory.GetFiles(_folder, "*.done").Select(File.ReadAllText)];
        new Fuzz(".done", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            ChunkRecord record = ChunkRecord.Read(bytes);
            _ = record.IsOf(batch.Plan, 0, batch.Plan.RangeOf(0));
            _ = BatchStatistics.Of(record, []);
        })
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    [Fact]
    public void Status_lines()
    {
        SampleBatch.Of(7, BatchFormat.CocoRle).Run(_folder);
        string[] seeds = [.. Directory.GetFiles(_folder, "*.status.jsonl").SelectMany(File.ReadLines)];
        new Fuzz("status lines", random => TextMutator.Mutate(random, seeds), bytes => StatusLine.Read(Encoding.UTF8.GetString(bytes)))
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    [Fact]
    public void Folders()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.CocoRle);
        batch.Run(_folder);
        string[] names = [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Where(name => name.EndsWith(".done", StringComparison.Ordinal) || name == "batch.json")];
        string[] texts = [.. names.Select(name => File.ReadAllText(Path.Combine(_folder, name)))];
        string[] all = Directory.GetFiles(_folder);
        new Fuzz("folders of batches", random => [(byte)random.Next(names.Length), .. TextMutator.Mutate(random, texts)], bytes =>
        {
            string folder = Directory.CreateTempSubdirectory("diffseg-test-").FullName;
            try
            {
                Array.ForEach(all, file => File.Copy(file, Path.Combine(folder, Path.GetFileName(file))));
                File.WriteAllBytes(Path.Combine(folder, names[bytes[0]]), bytes[1..]);
                BatchFolder opened = BatchFolder.OpenExisting(folder);
                if (opened.Verify() is { Problems.Count: > 0 } verification)
                {
                    Assert.All(verification.Problems, problem => Assert.NotEmpty(problem.Message));
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        })
        {
            Documented = [typeof(BatchFolderException)],
            Share = 0.1,
        }.Check();
    }
}
