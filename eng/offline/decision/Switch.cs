namespace DiffSeg.Offline;

/// <summary>
/// Makes a decision take effect. Until the last step, the decision's file, there is no decision: whatever is
/// interrupted here is done again by the next restore.
/// </summary>
internal sealed class Switch(House house, string work)
{
    public void Apply(Decision decision, Decision? before, string feed)
    {
        File.Delete(house.DecisionFile);
        foreach (string package in house.FeedPackages())
        {
            File.Delete(package);
        }

        Family[] changed = [.. Family.All.Where(family => before is null || before[family] != decision[family] || decision[family] == Source.Offline)];
        Forget(changed);
        if (changed.Length > 0)
        {
            foreach (string output in house.BuildOutputs().ToArray())
            {
                Directory.Delete(output, recursive: true);
            }
        }

        Directory.CreateDirectory(house.Feed);
        foreach (string package in Directory.GetFiles(feed, "*.nupkg"))
        {
            File.Move(package, Path.Combine(house.Feed, Path.GetFileName(package)), overwrite: true);
        }

        if (decision.FeedCount > 0)
        {
            Seed.Plant(house.Feed, house.Packages, work);
        }
        // Of a family that is made here nothing is taken from the trial: the registry may have had parts of it.
        Seed.Adopt(Path.Combine(work, Probe.PackagesFolder), house.Packages,
            id => !Family.All.Any(family => family.Owns(id) && decision[family] == Source.Offline));
        house.WriteDecision(decision, work);
    }

    /// <summary>Removes the families' extracted packages, so that the next restore takes those that were decided.</summary>
    private void Forget(IReadOnlyList<Family> families)
    {
        if (!Directory.Exists(house.Packages))
        {
            return;
        }

        foreach (string package in Directory.GetDirectories(house.Packages))
        {
            if (families.Any(family => family.Owns(Path.GetFileName(package))))
            {
                Directory.Delete(package, recursive: true);
            }
        }
    }
}
