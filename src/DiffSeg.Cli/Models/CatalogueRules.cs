using System.Text.RegularExpressions;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Models;

/// <summary>What must hold for every entry of a catalogue, whoever wrote it: names and paths become names of files.</summary>
internal static partial class CatalogueRules
{
    /// <summary>Checks the entries.</summary>
    /// <param name="models">All of them.</param>
    /// <exception cref="InvalidDataException">An entry breaks a rule; the message names it.</exception>
    public static void Check(IReadOnlyList<CatalogueEntry> models)
    {
        foreach (CatalogueEntry model in models)
        {
            Require(Name().IsMatch(model.Name), model, "its name is not of lower-case letters, digits and hyphens");
            Require(model.Name != "demo", model, "'demo' names the built-in model");
            Require(models.Count(other => other.Name == model.Name) == 1, model, "its name is there twice");
            Require(model.Files.Any(file => !file.Optional), model, "it has no files");
            Require(model.Kind != CatalogueKind.NpmSam2 || model.Archive is not null, model, "an npm package needs its archive");
            Require(Uri.TryCreate(model.Licence.Url, UriKind.Absolute, out Uri? licence) && licence.Scheme == Uri.UriSchemeHttps, model, "its licence has no https address");
            Require(IsSize(model.Recommended.Width) && IsSize(model.Recommended.Height), model, "its recommended size is not of multiples of 64 from 64 to 2048");
            Require(model.Recommended.KlThreshold is null or > 0, model, "its recommended KL threshold is not above 0");
            foreach (CatalogueFile file in model.Files.Concat(model.Archive is { } archive ? [archive] : []))
            {
                Require(IsInside(file.Path), model, $"the path '{file.Path}' is absolute or leads out of the folder");
                Require(file.Sha256 is null || Hash().IsMatch(file.Sha256), model, $"the SHA-256 of '{file.Path}' is not 64 lower-case hex digits");
                Require(file.Size is null or >= 0, model, $"the size of '{file.Path}' is negative");
            }
        }
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && path.Split('/').All(part => part is not ("" or "." or "..")) && path.IndexOfAny(['\\', ':', '?', '#', '%']) < 0;

    private static bool IsSize(int side) => side is >= AttentionModelOptions.SizeStep and <= AttentionModelOptions.LargestSize && side % AttentionModelOptions.SizeStep == 0;

    private static void Require(bool holds, CatalogueEntry model, string problem)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The catalogue's model '{model.Name}' cannot be used: {problem}.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
