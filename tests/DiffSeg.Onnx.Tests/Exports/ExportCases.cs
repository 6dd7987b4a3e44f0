using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Sets, and sets with the cases of their reference data, for theories.</summary>
internal static class ExportCases
{
    private const string NoCase = "no reference";

    public static TheoryData<string> Sets => ExportSet.All.Count == 0 ? [Fixtures.None] : [.. ExportSet.All.Select(s => s.Name)];

    /// <summary>Every case of every set, from the latent.</summary>
    public static TheoryData<string, string> Latents => Of(_ => true);

    /// <summary>The cases that start from an image.</summary>
    public static TheoryData<string, string> Images => Of(c => c.EndsWith("-image", StringComparison.Ordinal));

    /// <summary>The cases whose reference is complete.</summary>
    public static TheoryData<string, string> Whole => Of(c => c.StartsWith("l16-", StringComparison.Ordinal));

    /// <summary>The set, and its reference with the case; skips where there is none.</summary>
    public static (ExportSet Set, ReferenceData Reference) Of(string set, string theCase)
    {
        ExportSet export = ExportSet.Of(set);
        ReferenceData reference = export.RequiredReference();
        Assert.SkipWhen(theCase == NoCase, $"The reference in {reference.Folder} has no such case.");
        return (export, reference);
    }

    private static TheoryData<string, string> Of(Func<string, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (ExportSet set in ExportSet.All)
        {
            foreach (string theCase in set.Reference?.Cases.Where(wanted).DefaultIfEmpty(NoCase) ?? [NoCase])
            {
                data.Add(set.Name, theCase);
            }
        }

        if (ExportSet.All.Count == 0)
        {
            data.Add(Fixtures.None, NoCase);
        }

        return data;
    }
}
