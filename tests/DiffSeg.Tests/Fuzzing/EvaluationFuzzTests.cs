using System.Text;
using DiffSeg.Evaluation;
using DiffSeg.Fuzzing;

namespace DiffSeg.Tests.Fuzzing;

/// <summary>The files of an evaluation, as somebody changed them.</summary>
public sealed class EvaluationFuzzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diffseg-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Evaluations()
    {
        string[] seeds = [Evaluation(MatchingScope.PerImage), Evaluation(MatchingScope.PerDataSet)];
        new Fuzz("evaluations", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            SegmentationEvaluator evaluator = SegmentationEvaluator.FromJson(Encoding.UTF8.GetString(bytes));
            evaluator.Compute();
        })
        {
            Documented = [typeof(EvaluationException), typeof(InvalidOperationException)],
            Memory = new(64 << 20, 1000),
        }.Check();
    }

    [Fact]
    public void Class_files()
    {
        string[] seeds = ["# classes\nroad\nbuilding\nvoid\n", "0 road\n1 building\n255 void\n", "0 0 0 void\n128 64 128 road\n70 70 70 a building\n"];
        new Fuzz("class files", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            string path = Path.Combine(_folder, $"{Environment.CurrentManagedThreadId}.txt");
            File.WriteAllBytes(path, bytes);
            ClassTable.FromFile(path);
        })
        {
            Documented = [typeof(FormatException)],
        }.Check();
    }

    private static string Evaluation(MatchingScope matching)
    {
        var evaluator = new SegmentationEvaluator(new()
        {
            Measures = EvaluationMeasures.Classes | EvaluationMeasures.Regions | EvaluationMeasures.Boundaries,
            ClassNames = ["sky", "sea"],
            Matching = matching,
        });
        evaluator.Add([0, 1, 2, 2], 2, 2, new LabelMap(2, 2, [0, 1, 0, 1]));
        return evaluator.ToJson();
    }
}
