namespace DiffSeg.Offline;

/// <summary>Chooses where each family of packages comes from.</summary>
/// <param name="probe">Tries to restore packages from the machine's own sources.</param>
internal sealed class Decider(Func<IReadOnlyList<(string Id, string Version)>, Answer> probe)
{
    public Source Decide(Family family, Wish wish)
    {
        if (wish.Mode == PackageMode.Offline)
        {
            return Source.Offline;
        }

        Answer answer = probe(wish.Packages(family));
        ProbeVerdict verdict = ProbeVerdict.Of(answer);
        string packages = string.Join(", ", wish.Packages(family).Select(package => $"{package.Id} {package.Version}"));
        return verdict.Finding switch
        {
            Finding.Found => Source.Registry,
            Finding.Missing when wish.Mode == PackageMode.Auto => Source.Offline,
            Finding.Missing => throw new DecisionException(
                $"DIFFSEG_PACKAGES is \"registry\", but the NuGet sources of this machine lack {string.Join(", ", verdict.MissingIds)}. " +
                "Add a source that has it (dotnet nuget add source), or unset DIFFSEG_PACKAGES so that it is made locally" +
                (family == Family.OnnxRuntime && wish.OnnxRuntime == "Gpu" ? ", or try -p:OnnxRuntime=Cpu." : "."),
                answer.Output),
            Finding.Unreachable => throw new DecisionException(
                $"A NuGet source did not answer when asked for {packages}, so it is not known whether it has them. " +
                "Check the network and the sources (dotnet nuget list source) and build again; " +
                "DIFFSEG_PACKAGES=offline does without ML.NET's and ONNX Runtime's packages.",
                answer.Output),
            _ => throw new DecisionException($"The trial restore of {packages} failed for an unexpected reason.", answer.Output),
        };
    }
}
