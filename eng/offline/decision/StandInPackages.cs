namespace DiffSeg.Offline;

/// <summary>Makes the stand-in's packages: small ones of the ids of ML.NET, from eng/offline/standin.</summary>
internal static class StandInPackages
{
    public static void Make(House house, Wish wish, Source onnxRuntime, string feed, string work)
    {
        // The stand-in refers to ONNX Runtime's binding. If that is made here too, it must be found before any other.
        string packages = Path.Combine(work, Probe.PackagesFolder);
        if (onnxRuntime == Source.Offline)
        {
            Seed.Plant(feed, packages, work);
        }

        Answer pack = Call.Dotnet(house.StandIn, "pack", house.StandIn,
            "--artifacts-path", Path.Combine(work, "standin"), "--output", feed,
            "-p:Version=" + wish.Version("Microsoft.ML"), "-p:RestorePackagesPath=" + packages, "-p:RestoreAdditionalProjectSources=" + feed);
        if (pack.ExitCode != 0)
        {
            throw new DecisionException("The stand-in for ML.NET could not be packed.", pack.Output);
        }

        string[] made = [.. Directory.GetFiles(feed, "*.nupkg").Select(file => PackageFile.Read(file).Id)];
        string[] lacking = [.. Family.MlNet.PackageIds(wish.OnnxRuntime).Except(made, StringComparer.OrdinalIgnoreCase)];
        if (lacking.Length > 0)
        {
            throw new DecisionException($"eng/offline/standin makes no package {string.Join(", ", lacking)}.");
        }
    }
}
