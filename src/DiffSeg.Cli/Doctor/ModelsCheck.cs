using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Doctor;

/// <summary>The pulled models, and whether this machine's memory is enough for them and for those that could be pulled.</summary>
/// <param name="catalogue">The models that can be pulled.</param>
/// <param name="cache">The models that have been.</param>
/// <param name="memory">The machine's memory.</param>
internal sealed class ModelsCheck(ModelCatalogue catalogue, ModelCache cache, MachineMemory memory) : ICheck
{
    /// <inheritdoc/>
    public string Subject => "models";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        string free = memory.Free is { } bytes ? $", {ByteSize.Text(bytes)} of it free" : "";
        yield return new Finding("memory", Health.Good, $"{ByteSize.Text(memory.Total)}{free}");
        yield return new Finding(Subject, Health.Good, $"kept in {cache.Folder}");
        foreach (CatalogueEntry entry in catalogue.Models)
        {
            yield return cache.Find(entry.Name) is { } model ? Here(entry, model) : NotHere(entry);
        }
    }

    private Finding Here(CatalogueEntry entry, AttentionModel model)
    {
        try
        {
            return Finding(entry, Health.Good, $"{ModelList.State(entry, cache)}; ", ModelMemory.Of(entry, model));
        }
        catch (IOException problem)
        {
            return new Finding(Subject, Health.Note, $"{entry.Name}: {problem.Message.ReplaceLineEndings(" ")} Pull it again.");
        }
    }

    private Finding NotHere(CatalogueEntry entry) => cache.Holds(entry.Name)
        ? new Finding(Subject, Health.Note, $"{entry.Name}: damaged; 'diffseg model pull {entry.Name}' replaces it")
        : Finding(entry, Health.Note, "not pulled; ", ModelMemory.Of(entry));

    private Finding Finding(CatalogueEntry entry, Health health, string state, long needed)
    {
        bool enough = needed <= memory.Total;
        string verdict = enough ? "" : ", more than this machine has: take a smaller --size, or another model";
        return new Finding(Subject, enough ? health : Health.Note, $"{entry.Name}: {state}needs about {ByteSize.Text(needed)} of memory to run{verdict}");
    }
}
