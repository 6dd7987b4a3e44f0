namespace DiffSeg.Offline;

/// <summary>One decision from the wish to the remembered file, one process at a time.</summary>
internal static class Session
{
    /// <returns>The line to announce; empty when another process has just decided the same.</returns>
    public static string Run(House house, Wish wish, string work, bool redo)
    {
        DateTime asked = DateTime.UtcNow;
        using FileStream held = DecisionLock.Take(house.LockFile);
        bool decidedMeanwhile = File.Exists(house.DecisionFile) && File.GetLastWriteTimeUtc(house.DecisionFile) > asked;
        if ((!redo || decidedMeanwhile) && house.DecisionFor(wish) is not null)
        {
            return "";
        }

        ClearOldWorks(house);

        var decider = new Decider(packages => Probe.Restore(packages, work));
        Source mlNet = decider.Decide(Family.MlNet, wish);
        Source onnxRuntime = decider.Decide(Family.OnnxRuntime, wish);

        string feed = Directory.CreateDirectory(Path.Combine(work, "feed")).FullName;
        if (onnxRuntime == Source.Offline)
        {
            OnnxRuntimePackages.Make(house, wish, feed, work);
        }

        if (mlNet == Source.Offline)
        {
            StandInPackages.Make(house, wish, onnxRuntime, feed, work);
        }

        var decision = new Decision(wish.Line, Directory.GetFiles(feed, "*.nupkg").Length, mlNet, onnxRuntime);
        new Switch(house, work).Apply(decision, house.ReadDecision(), feed);
        return Notice.Of(decision, wish);
    }

    /// <summary>Removes what killed processes left. A day is longer than any decision takes.</summary>
    private static void ClearOldWorks(House house)
    {
        if (!Directory.Exists(house.Works))
        {
            return;
        }

        foreach (string folder in Directory.GetDirectories(house.Works))
        {
            if (Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddDays(-1))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
