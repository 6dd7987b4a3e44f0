using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>What is left to do of a shard. Images that were skipped earlier are tried again.</summary>
/// <param name="evaluation">What is evaluated.</param>
/// <param name="ledger">What is done.</param>
internal sealed class EvalWork(Evaluation evaluation, JournalLedger ledger)
{
    private readonly HashSet<int> _failed = [];

    /// <summary>How many images are left to do, each once per model.</summary>
    public int Left => Enumerable.Range(0, evaluation.Models.Count).Sum(model => Of(model).Count);

    /// <summary>How many images were skipped.</summary>
    public int Failed => _failed.Count;

    /// <summary>The images that are left to do with a model, without those that failed.</summary>
    /// <param name="model">The model's position.</param>
    public IReadOnlyList<ImageWork> Of(int model) =>
    [
        .. evaluation.Set.Data.Samples.Index()
            .Where(image => evaluation.Shard.Has(image.Index) && !_failed.Contains(image.Index)
                && evaluation.RunsOf(model).Any(run => !ledger.Has(image.Index, run)))
            .Select(image => new ImageWork(image.Index, image.Item)),
    ];

    /// <summary>The runs that are left to do of an image with a model.</summary>
    /// <param name="image">The image's position.</param>
    /// <param name="model">The model's position.</param>
    public IReadOnlyList<PlannedRun> RunsOf(int image, int model) =>
        [.. evaluation.RunsOf(model).Where(run => !ledger.Has(image, run)).Select(run => evaluation.Plan.Runs[run])];

    /// <summary>An image is done with these runs.</summary>
    /// <param name="entries">What goes into the journal.</param>
    public void Done(IEnumerable<JournalEntry> entries) => ledger.Add(entries);

    /// <summary>An image is skipped, with all models.</summary>
    /// <param name="entry">What goes into the journal.</param>
    public void Skip(JournalEntry entry)
    {
        _failed.Add(entry.Index);
        ledger.Add([entry]);
    }
}
